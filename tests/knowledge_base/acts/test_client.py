from __future__ import annotations

import httpx
import pytest

from knowledge_base.acts import client as client_module
from knowledge_base.acts.client import USER_AGENT, EliClient
from knowledge_base.acts.errors import ActError
from knowledge_base.acts.store import ActStore
from tests.knowledge_base.acts.invented import ELI, description
from tests.knowledge_base.acts.server import CUT, HANG, Service

ACT = f"/acts/{ELI}"
PDF = f"{ACT}/text.pdf"


def test_the_client_names_itself(service: Service, client: EliClient) -> None:
    service.serve(ACT, description())
    assert client.metadata(ELI).data == description()
    assert service.headers_of(ACT)[0]["user-agent"] == USER_AGENT
    assert "ZielonaLinia" in USER_AGENT


def test_nothing_is_fetched_twice(service: Service, client: EliClient) -> None:
    service.serve(ACT, description(), '"one"')
    first = client.metadata(ELI)
    assert first.etag == '"one"'
    again = client.metadata(ELI, first.etag)
    assert (again.data, again.etag) == (None, '"one"')


@pytest.mark.parametrize("faults", [[503, 500], [429], [HANG], [CUT]])
def test_failures_that_pass_are_tried_again(service: Service, client: EliClient, faults: list[int | str]) -> None:
    service.serve(ACT, description())
    service.faults[ACT] = list(faults)
    assert client.metadata(ELI).data == description()
    assert len(service.asked) == len(faults) + 1


@pytest.mark.parametrize(
    ("faults", "told"), [([500] * 9, "błędem 500"), ([HANG] * 9, "nie odpowiedział"), ([403], "odmówił")]
)
def test_failures_that_stay_are_told_in_polish(
    service: Service, client: EliClient, faults: list[int | str], told: str
) -> None:
    service.serve(ACT, description())
    service.faults[ACT] = list(faults)
    with pytest.raises(ActError, match=told):
        client.metadata(ELI)
    assert len(service.asked) <= 4


def test_an_act_that_does_not_exist(service: Service, client: EliClient) -> None:
    with pytest.raises(ActError, match="nie zna takiego adresu"):
        client.metadata(ELI)
    assert len(service.asked) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/eli", "nonsens", "http://["])
def test_no_service_at_all(store: ActStore, url: str) -> None:
    with pytest.raises(ActError), EliClient(url, store.parts, progress=False, first_wait=0.001) as made:
        made.metadata(ELI)


def test_a_cut_download_goes_on_where_it_stopped(service: Service, client: EliClient) -> None:
    body = b"%PDF" + bytes(range(256)) * 2000
    service.serve(PDF, body, '"v1"')
    service.faults[PDF] = [CUT]
    assert client.pdf(ELI).data == body
    start = int(service.headers_of(PDF)[1]["range"].removeprefix("bytes=").rstrip("-"))
    assert 100_000 < start <= len(body) // 2


def test_a_download_goes_on_in_a_later_run(service: Service, store: ActStore) -> None:
    body = b"%PDF" + bytes(range(256)) * 2000
    service.serve(PDF, body, '"v1"')
    service.faults[PDF] = [CUT, 500, 500, 500]
    with EliClient(service.url, store.parts, progress=False, first_wait=0.001) as first, pytest.raises(ActError):
        first.pdf(ELI)
    with EliClient(service.url, store.parts, progress=False, first_wait=0.001) as second:
        assert second.pdf(ELI).data == body
    assert "range" in service.headers_of(PDF)[-1]
    assert not list(store.parts.iterdir())


def test_a_file_that_changed_meanwhile_is_fetched_whole(service: Service, client: EliClient) -> None:
    service.serve(PDF, b"old" * 1000, '"v1"')
    service.faults[PDF] = [CUT, 500, 500, 500]
    with pytest.raises(ActError):
        client.pdf(ELI)
    service.serve(PDF, b"new" * 900, '"v2"')
    assert client.pdf(ELI).data == b"new" * 900


def test_a_range_that_cannot_be_served_starts_anew(service: Service, client: EliClient) -> None:
    service.serve(PDF, b"text" * 1000, '"v1"')
    service.faults[PDF] = [CUT, 416]
    assert client.pdf(ELI).data == b"text" * 1000


def test_what_is_too_big_is_not_fetched(service: Service, client: EliClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MAX_HTML", 1024 * 1024)
    service.serve(f"{ACT}/text.html", b"x" * (2 * 1024 * 1024))
    with pytest.raises(ActError, match="przekracza 1 MB"):
        client.html(ELI)


def test_what_is_too_big_without_saying_so_is_cut_off(monkeypatch: pytest.MonkeyPatch, store: ActStore) -> None:
    def endless(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=(b"x" * 65536 for _ in range(10_000)))

    monkeypatch.setattr(client_module, "MAX_HTML", 1024 * 1024)
    with EliClient("http://eli.example", store.parts, progress=False) as made:
        monkeypatch.setattr(made, "_http", httpx.Client(transport=httpx.MockTransport(endless)))
        with pytest.raises(ActError, match="przekracza 1 MB"):
            made.html(ELI)
