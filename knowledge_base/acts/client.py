"""A polite client of the ELI service: time limits, retries with back-off, nothing fetched twice, downloads go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter
from tqdm import tqdm

from knowledge_base.acts.errors import ActError, MissingError

USER_AGENT = "ZielonaLinia-import/0.1 (asystent FAQ infolinii 19524; +https://zielonalinia.gov.pl)"
MAX_JSON = 5 * 1024 * 1024
MAX_HTML = 30 * 1024 * 1024
MAX_PDF = 200 * 1024 * 1024
_ATTEMPTS = 4
_LONGEST_WAIT = 30.0
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_UNREADY = {408, 425, 429, 500, 502, 503, 504}


class _TryAgainError(Exception):
    """A failure that may pass by itself; `seconds` is how long the service asked to wait."""

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


@dataclass(frozen=True)
class Fetched:
    """A document with its validator; `data` is None where what we have is still the newest."""

    data: bytes | None
    etag: str | None


class EliClient:
    """Reads metadata and texts. Every method raises ActError with a reason in Polish."""

    def __init__(
        self,
        base: str,
        parts: Path,
        *,
        progress: bool = True,
        timeout: httpx.Timeout = _TIMEOUT,
        first_wait: float = 1.0,
    ) -> None:
        self._base = base.rstrip("/")
        self._parts = parts
        self._progress = progress
        self._wait = wait_exponential_jitter(multiplier=first_wait, max=_LONGEST_WAIT, jitter=first_wait / 2)
        try:
            self._http = httpx.Client(
                headers={"User-Agent": USER_AGENT}, timeout=timeout, follow_redirects=True, max_redirects=3
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise ActError(f"Nie można przygotować połączenia: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._http.close()

    def metadata(self, eli: str, etag: str | None = None) -> Fetched:
        return self._fetch(f"/acts/{eli}", MAX_JSON, etag, "opis aktu")

    def html(self, eli: str, etag: str | None = None) -> Fetched:
        return self._fetch(f"/acts/{eli}/text.html", MAX_HTML, etag, "tekst HTML")

    def pdf(self, eli: str, file: str | None = None, etag: str | None = None) -> Fetched:
        path = f"/acts/{eli}/text/U/{file}" if file else f"/acts/{eli}/text.pdf"
        return self._fetch(path, MAX_PDF, etag, "tekst PDF", resumable=True)

    def _fetch(self, path: str, limit: int, etag: str | None, what: str, *, resumable: bool = False) -> Fetched:
        part = _Part(self._parts / path.strip("/").replace("/", "-")) if resumable else None

        def attempt() -> Fetched:
            return self._once(path, limit, etag, what, part)

        retrying = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=self._pause,
            retry=retry_if_exception_type(_TryAgainError),
            reraise=True,
        )
        try:
            return retrying(attempt)
        except _TryAgainError as error:
            raise ActError(
                f"{what}: {error} Próbowano {_ATTEMPTS} razy; spróbuj później. ({self._base}{path})"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ActError(f"{what}: nie można pobrać {self._base}{path} ({error}).") from error

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.seconds if isinstance(error, _TryAgainError) else 0.0
        return max(self._wait(state), min(asked, _LONGEST_WAIT))

    def _once(self, path: str, limit: int, etag: str | None, what: str, part: _Part | None) -> Fetched:
        headers = {"If-None-Match": etag} if etag else {}
        if part:
            # Ranges count the bytes of the file itself, not of a compressed form of it.
            headers = {**(part.headers if part.can_go_on else headers), "Accept-Encoding": "identity"}
        try:
            with self._http.stream("GET", self._base + path, headers=headers) as answer:
                if answer.status_code == 304:
                    return Fetched(None, etag)
                if answer.status_code == 416 and part:
                    part.forget()
                    raise _TryAgainError("serwis nie pozwolił wznowić pobierania.")
                self._refuse(answer, path, what)
                return self._read(answer, limit, what, part)
        except httpx.TimeoutException as error:
            raise _TryAgainError("serwis nie odpowiedział w wyznaczonym czasie.") from error
        except httpx.TransportError as error:
            raise _TryAgainError(f"nie ma połączenia z serwisem ({type(error).__name__}).") from error

    def _refuse(self, answer: httpx.Response, path: str, what: str) -> None:
        status = answer.status_code
        if status in _UNREADY:
            asked = answer.headers.get("Retry-After", "")
            raise _TryAgainError(f"serwis odpowiedział błędem {status}.", float(asked) if asked.isdecimal() else 0.0)
        if status == 404:
            raise MissingError(
                f"{what}: serwis ELI nie zna takiego adresu – sprawdź rok i pozycję. ({self._base}{path})"
            )
        if status not in (200, 206):
            raise ActError(f"{what}: serwis odmówił (kod {status}). ({self._base}{path})")

    def _read(self, answer: httpx.Response, limit: int, what: str, part: _Part | None) -> Fetched:
        etag = answer.headers.get("ETag")
        length = answer.headers.get("Content-Length", "")
        goes_on = answer.status_code == 206 and part is not None
        have = part.size if goes_on and part else 0
        total = have + int(length) if length.isdecimal() and "Content-Encoding" not in answer.headers else None
        too_big = ActError(
            f"{what}: dokument przekracza {limit // 2**20} MB. Żaden akt nie jest tak duży; nie pobieram go."
        )
        if total is not None and total > limit:
            raise too_big
        chunks: list[bytes] = []
        with self._bar(what, total, have) as step, _sink(part, etag, goes_on, chunks) as write:
            for chunk in answer.iter_bytes(64 * 1024):
                have += len(chunk)
                if have > limit:
                    if part:
                        part.forget()
                    raise too_big
                write(chunk)
                step(len(chunk))
        return Fetched(part.take() if part else b"".join(chunks), etag)

    @contextmanager
    def _bar(self, what: str, total: int | None, have: int) -> Iterator[Callable[[int], object]]:
        # Shown at a terminal only; a log gets no half-drawn bars.
        disable = None if self._progress else True
        with tqdm(desc=what, total=total, initial=have, unit="B", unit_scale=True, disable=disable, leave=False) as bar:
            yield bar.update


class _Part:
    """A download that was cut off: the bytes so far and the validator of what they are part of."""

    def __init__(self, path: Path) -> None:
        self._data = path.with_name(f"{path.name}.part")
        self._note = path.with_name(f"{path.name}.json")

    @property
    def size(self) -> int:
        return self._data.stat().st_size if self._data.exists() else 0

    @property
    def etag(self) -> str | None:
        try:
            etag = json.loads(self._note.read_text(encoding="utf-8"))["etag"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return etag if isinstance(etag, str) else None

    @property
    def can_go_on(self) -> bool:
        # A weak validator does not promise the same bytes.
        return self.size > 0 and bool(self.etag) and not str(self.etag).startswith("W/")

    @property
    def headers(self) -> dict[str, str]:
        return {"Range": f"bytes={self.size}-", "If-Range": str(self.etag)}

    def begin(self, etag: str | None) -> None:
        self._data.parent.mkdir(parents=True, exist_ok=True)
        self._data.write_bytes(b"")
        self._note.write_text(json.dumps({"etag": etag}), encoding="utf-8")

    def append(self, chunk: bytes) -> None:
        with self._data.open("ab") as file:
            file.write(chunk)

    def take(self) -> bytes:
        data = self._data.read_bytes()
        self.forget()
        return data

    def forget(self) -> None:
        self._data.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


@contextmanager
def _sink(
    part: _Part | None, etag: str | None, goes_on: bool, chunks: list[bytes]
) -> Iterator[Callable[[bytes], None]]:
    if part is None:
        yield chunks.append
        return
    if not goes_on:
        part.begin(etag)
    yield part.append
