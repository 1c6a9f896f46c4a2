"""The registry of partners, colours, banners, and what the administrator sees."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import Content
from tests.widget.accounts.people import Browser, signed_in
from widget.accounts.roles import Role
from widget.app import create_app
from widget.partners.banner import SIZES, banner, qr_code
from widget.partners.check import report
from widget.partners.contrast import contrast
from widget.partners.registry import Theme, load_partners
from widget.partners.suggestions import load_suggestions
from widget.storage.engine import migrate
from zielona.sandbox import Running
from zielona.settings import ROOT, Settings, partners_file, suggestions_file

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
GOOD = """partners:
  pierwszy:
    name: Urząd Pierwszy
    kind: pup
    origins: [https://pierwszy.example.org]
  drugi:
    name: Urząd Drugi
    kind: wup
    origins:
      - https://drugi.example.org
    theme:
      brand: "#123a6b"
      on_brand: "#ffffff"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "partners.yml"
    path.write_text(text, encoding="utf-8")
    return path


@given(one=COLOURS, other=COLOURS)
def test_contrast_is_symmetric_and_within_its_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


@given(brand=COLOURS, on_brand=COLOURS)
def test_a_theme_is_taken_only_if_its_text_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, brand: str, on_brand: str
) -> None:
    text = GOOD.replace('brand: "#123a6b"', f'brand: "{brand}"').replace(
        'on_brand: "#ffffff"', f'on_brand: "{on_brand}"'
    )
    path = written(tmp_path_factory.mktemp("theme"), text)
    if contrast(brand, on_brand) >= 4.5:
        assert load_partners(path)["drugi"].theme == Theme(brand, on_brand)
    else:
        with pytest.raises(ContentError) as caught:
            load_partners(path)
        [finding] = caught.value.findings
        assert (finding.path, finding.line) == (path, 12)
        assert "kontrast" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("kind: wup", "kind: gmina", 8, "nieznany rodzaj"),
        ("  drugi:", "  Dr:", 6, "klucz „Dr”"),
        ("https://drugi.example.org", "http://drugi.example.org", 9, "nie adres witryny"),
        ("https://drugi.example.org", "https://drugi.example.org/sciezka", 9, "nie adres witryny"),
        ("https://drugi.example.org", "https://Drugi.example.org", 9, "nie adres witryny"),
        ("https://drugi.example.org", "https://kto@drugi.example.org", 9, "nie adres witryny"),
        ("https://drugi.example.org", '"*"', 9, "nie adres witryny"),
        ('brand: "#123a6b"\n', "brand: granatowy\n", 12, "kolor „brand”"),
        ("    name: Urząd Drugi\n", "", 6, "„name”"),
    ],
)
def test_mistakes_are_found_with_their_line(tmp_path: Path, old: str, new: str, line: int, text: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    found = report(path, suggestions_file())
    assert any(item.startswith(f"{path}:{line}: błąd:") and text.removeprefix("nie ") in item for item in found), found


def test_registry_and_suggestions_of_the_project_are_sound() -> None:
    assert report(partners_file(Settings({})), suggestions_file()) == []


def test_unknown_topics_of_suggestions_are_found(tmp_path: Path, content: Content) -> None:
    path = tmp_path / "suggestions.yml"
    path.write_text("suggestions:\n  default: [zasilek_wysokosc]\n  pomoc: [nie_ma_takiego]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"suggestions.yml:3: nieznany temat"):
        load_suggestions(path, content.topics)


def test_every_suggestion_is_answered_by_its_own_topic(running: Running, content: Content) -> None:
    base = f"{running.address}/api/v1"
    names = {name for listed in load_suggestions(suggestions_file(), content.topics).values() for name in listed}
    wrong = {}
    for name in sorted(names):
        title = content.topics[name].title
        begun = requests.post(f"{base}/conversations", json={}, timeout=30).json()
        answer = requests.post(
            f"{base}/conversations/{begun['id']}/messages",
            json={"text": title},
            headers={"Authorization": f"Bearer {begun['token']}"},
            timeout=30,
        ).json()["messages"][0]
        if answer["topic"] != name:
            wrong[name] = answer["topic"]
    assert wrong == {}


@pytest.mark.parametrize("size", SIZES)
def test_banner_has_its_size_an_alternative_and_text_that_fits(size: str) -> None:
    width, height = SIZES[size]
    root = ElementTree.fromstring(banner(size, Theme()))  # noqa: S314 - our own output
    assert (root.get("width"), root.get("height")) == (str(width), str(height))
    assert root.get("aria-label")
    texts = [node for node in root if node.tag.endswith("text")]
    assert "asystenta" in " ".join(node.text or "" for node in texts)
    for node in texts:
        font, baseline = float(node.get("font-size", "0")), float(node.get("y", "0"))
        assert 9 <= font <= baseline <= height - font / 4
        assert len(node.text or "") * font * 0.62 <= width + 1


def test_qr_code_comes_in_both_kinds() -> None:
    address = "https://asystent.example.org/czat/pierwszy"
    assert qr_code(address, "png").startswith(b"\x89PNG\r\n")
    root = ElementTree.fromstring(qr_code(address, "svg"))  # noqa: S314 - our own output
    assert root.get("width") == root.get("height")


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    url = f"sqlite:///{tmp_path / 'partners.db'}"
    migrate(url)
    return create_app(
        Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": url, "ZL_SIGN_IN_LIMIT": "1000 per minute",
                  "ZL_PARTNERS": str(written(tmp_path, GOOD)), "ZL_PUBLIC_URL": "https://asystent.example.org/"})
    ).test_client()  # fmt: skip


@pytest.fixture
def administrator(client: FlaskClient) -> Browser:
    return signed_in(client.application, Role.ADMINISTRATOR)


def test_former_addresses_lead_to_the_panel(client: FlaskClient, administrator: Browser) -> None:
    for former, now in {
        "/administracja/partnerzy": "/panel/partnerzy",
        "/administracja/partnerzy/drugi": "/panel/partnerzy/drugi",
    }.items():
        answer = client.get(former)
        assert (answer.status_code, answer.headers["Location"]) == (308, now)
        assert client.get(now).headers["Location"].startswith("/panel/logowanie")
        assert administrator.get(former, follow_redirects=True).request.path == now


def test_embed_code_names_the_public_address_and_the_key(client: FlaskClient, administrator: Browser) -> None:
    page = administrator.get("/panel/partnerzy/drugi").text
    assert '&lt;script src="https://asystent.example.org/widget/zielona-linia.js" data-site="drugi"' in page
    assert '&lt;iframe src="https://asystent.example.org/okno/drugi"' in page
    for address in re.findall(r'(?:href|src)="(/(?:baner|qr)/[^"]+)"', page):
        assert client.get(address).status_code == 200, address


def test_statistics_are_counted_per_partner(client: FlaskClient, administrator: Browser) -> None:
    for site in ("pierwszy", "pierwszy", "drugi"):
        assert client.post("/api/v1/conversations", json={"site": site}).status_code == 201
    assert client.post("/api/v1/conversations").status_code == 201
    page = administrator.get("/panel/partnerzy").text
    counted = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="number">(\d+)</td>', page))
    assert counted == {"pierwszy": "2", "drugi": "1", "bez partnera": "1"}


def test_contact_of_a_partner_is_never_public(client: FlaskClient) -> None:
    shown = create_app(
        Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://",
                  "ZL_PARTNERS": str(ROOT / "data" / "partners.yml")})
    ).test_client()  # fmt: skip
    for path in ("/api/v1/widget?site=przyklad-urzad", "/czat/przyklad-urzad", "/pytanie/przyklad-urzad"):
        answer = shown.get(path)
        assert answer.status_code == 200
        assert "administrator@" not in answer.text


def test_erased_conversation_is_gone(client: FlaskClient) -> None:
    begun = client.post("/api/v1/conversations", json={"site": "pierwszy"}).json
    address = f"/api/v1/conversations/{begun['id']}"
    headers = {"Authorization": f"Bearer {begun['token']}"}
    assert client.delete(address).status_code == 401
    assert client.delete(address, headers=headers).status_code == 204
    assert client.delete(address, headers=headers).status_code == 404
    assert client.get(f"{address}/messages", headers=headers).status_code == 404
