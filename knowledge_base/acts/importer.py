"""`zielona import-act`: find the right text of an act, split it, check it, keep it.

Which text: the law as it is now counts for more than a handsome page. An act that has been amended is read from the
text that the Sejm's office keeps up to date (`texts`, type U, a PDF), else from its newest consolidated text; an act
that has not, from its own HTML, else from its PDF.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.acts.client import MAX_HTML, MAX_JSON, MAX_PDF, EliClient, Fetched
from knowledge_base.acts.errors import ActError, MissingError
from knowledge_base.acts.html import decode, split_html
from knowledge_base.acts.metadata import Metadata, read_metadata
from knowledge_base.acts.pdf import split_pdf
from knowledge_base.acts.store import HTML, PDF, ActStore, Source, StoredAct
from knowledge_base.acts.tree import Unit

AUTO = "auto"
FORMS = (AUTO, HTML, PDF)
_CODE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    act: StoredAct
    changed: bool

    @property
    def articles(self) -> int:
        return sum(unit.kind == "art" for unit in self.act.units)


@dataclass(frozen=True)
class _Text:
    """A text that the service offers."""

    eli: str
    form: str
    file: str | None = None
    text_date: dt.date | None = None

    @property
    def address(self) -> str:
        if self.form == HTML:
            return f"/acts/{self.eli}/text.html"
        return f"/acts/{self.eli}/text/U/{self.file}" if self.file else f"/acts/{self.eli}/text.pdf"


def import_from_service(
    store: ActStore, client: EliClient, eli: str, *, today: dt.date, form: str = AUTO, original: bool = False
) -> Imported:
    """Import an act from the service, or find that nothing has changed. Raises ActError."""
    with store.locked():
        before = _last(store, eli)
        etags = dict(before.etags) if before else {}
        described = client.metadata(eli, etags.get("metadata"))
        unchanged = described.data is None and before is not None
        metadata = before.metadata if unchanged and before else read_metadata(described.data or b"", eli)
        kept = {"metadata": described.etag} if described.etag else {}
        for text in _offered(client, metadata, original=original):
            if form not in (AUTO, text.form):
                continue
            same = before if before and before.source.address == text.address else None
            try:
                fetched = _fetch(client, text, etags.get(text.address) if same else None)
            except MissingError:
                if form != AUTO:
                    raise
                # Described, and not there (yet): the next best text will do.
                continue
            data = same.source.data if fetched.data is None and same else fetched.data or b""
            if not data.strip() and form == AUTO:
                # Where there is no HTML the service sends an empty page with the code 200.
                continue
            if fetched.etag:
                kept[text.address] = fetched.etag
            source = Source(text.eli, text.form, text.address, data, text.text_date, today)
            return _keep(store, before, metadata, source, kept)
    wanted = "" if form == AUTO else f" w formie {form.upper()}"
    raise ActError(f"Serwis ELI nie ma tekstu aktu {eli}{wanted}. Spróbuj z --format auto albo z plikiem (--file).")


def import_from_file(
    store: ActStore, eli: str, file: Path, *, today: dt.date, metadata: Path | None = None, known: dict[str, Any] | None
) -> Imported:
    """Import an act from a file saved by hand. Its description comes from `metadata`, else from the last import, else
    from `known` (the project's own list of acts). Raises ActError."""
    with store.locked():
        before = _last(store, eli)
        if metadata:
            described = read_metadata(_read(metadata, MAX_JSON), eli)
        elif before:
            described = before.metadata
        elif known:
            described = read_metadata(json.dumps(known).encode(), eli)
        else:
            raise ActError(
                f"Nie wiadomo, od kiedy obowiązuje akt {eli}. Zapisz też jego opis z serwisu i podaj go: "
                "--metadata opis.json"
            )
        data = _read(file, MAX_PDF)
        form = PDF if data[:1024].lstrip().startswith(b"%PDF") else HTML
        source = Source(eli, form, file.name, data, described.text_date, today)
        return _keep(store, before, described, source, {})


def split(source: Source, eli: str) -> list[Unit]:
    """Split a source and see that it is an act. Raises ActError."""
    if source.form == PDF:
        units = split_pdf(source.data, eli)
    else:
        if len(source.data) > MAX_HTML:
            raise ActError(
                f"Strona przekracza {MAX_HTML // 2**20} MB. Żaden akt nie jest tak duży; nie dzielę jej na przepisy."
            )
        if not source.data.strip():
            raise ActError("Serwis oddał pustą stronę: tego aktu nie ma w HTML. Spróbuj z --format pdf.")
        units = split_html(decode(source.data), eli)
    if not any(_is_provision(unit, eli) for unit in units):
        raise ActError(
            "W dokumencie nie ma ani jednego artykułu ani paragrafu. Strona jest uszkodzona, zmieniła budowę albo nie "
            "jest tekstem aktu."
        )
    return units


def code_version() -> str:
    """A hash of the code that splits: when it changes, the kept source is split again."""
    digest = hashlib.sha256()
    for name in ("html.py", "pdf.py", "text.py", "tree.py"):
        digest.update((_CODE / name).read_bytes())
    return digest.hexdigest()[:12]


def _keep(
    store: ActStore, before: StoredAct | None, metadata: Metadata, source: Source, etags: dict[str, str]
) -> Imported:
    code = code_version()
    old = before.source if before else None
    split_already = before and old and (old.data, old.form, before.code) == (source.data, source.form, code)
    units = before.units if before and split_already else tuple(split(source, metadata.eli))
    _refuse_shrinking(before, units, metadata.eli)
    act = StoredAct(metadata, units, source, etags, code)
    # The day of the check is worth keeping even where nothing has changed.
    store.save(act)
    changed = before is None or (before.units, before.metadata) != (units, metadata)
    return Imported(act, changed=changed)


def _refuse_shrinking(before: StoredAct | None, units: Sequence[Unit], eli: str) -> None:
    """A page cut in half still splits well; acts hardly ever lose most of their articles."""
    if before is None:
        return
    now, was = (sum(_is_provision(unit, eli) for unit in found) for found in (units, before.units))
    if now * 2 < was:
        raise ActError(
            f"Nowy tekst aktu {eli} ma {now} przepisów, a poprzedni miał {was}. Wygląda na ucięty, więc zostaje "
            "poprzedni. Jeżeli nowy jest prawdziwy, usuń zapisany akt i zaimportuj go ponownie."
        )


def _is_provision(unit: Unit, eli: str) -> bool:
    return unit.kind in ("art", "par") and unit.id.startswith((f"{eli}/art", f"{eli}/par"))


def _last(store: ActStore, eli: str) -> StoredAct | None:
    """The last import; one whose files are damaged is as good as none, this import mends it."""
    try:
        return store.load(eli)
    except ActError:
        return None


def _offered(client: EliClient, metadata: Metadata, *, original: bool) -> Iterator[_Text]:
    """The texts of an act, best first; the notices are asked for only when nothing better is there."""
    if not original and (metadata.is_amended or metadata.consolidated):
        if metadata.up_to_date_file:
            yield _Text(metadata.eli, PDF, metadata.up_to_date_file, metadata.text_date)
        for eli in metadata.consolidated[:1]:
            notice = _notice(client, eli)
            if notice.get("textHTML") is True:
                yield _Text(eli, HTML, None, _day(notice))
            yield _Text(eli, PDF, None, _day(notice))
    published = metadata.valid_from if metadata.is_amended else metadata.text_date
    if metadata.has_html:
        yield _Text(metadata.eli, HTML, None, published)
    if metadata.has_pdf:
        yield _Text(metadata.eli, PDF, None, published)


def _notice(client: EliClient, eli: str) -> dict[str, Any]:
    """The description of a notice; unlike an act's own it needs no dates of its force."""
    try:
        raw = json.loads(client.metadata(eli).data or b"")
    except ValueError as error:
        raise ActError(f"Opis obwieszczenia {eli} nie jest poprawnym plikiem JSON.") from error
    return raw if isinstance(raw, dict) else {}


def _day(raw: dict[str, Any]) -> dt.date | None:
    for name in ("legalStatusDate", "announcementDate", "promulgation"):
        try:
            return dt.date.fromisoformat(str(raw.get(name))[:10])
        except ValueError:
            continue
    return None


def _fetch(client: EliClient, text: _Text, etag: str | None) -> Fetched:
    if text.form == HTML:
        return client.html(text.eli, etag)
    return client.pdf(text.eli, text.file, etag)


def _read(path: Path, limit: int) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise ActError(f"Plik {path} przekracza {limit // 2**20} MB. Żaden akt nie jest tak duży.")
        return path.read_bytes()
    except OSError as error:
        raise ActError(f"Nie można odczytać pliku {path}: {error.strerror or error}.") from error
