"""The registry of partners changed in the panel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.widget.accounts.people import Browser, make_app, signed_in
from widget.accounts.roles import Role
from widget.forms import FormError
from widget.partners.editing import form_of, save
from widget.partners.registry import PartnerFile, load_partners

TEXT = """# Opis pól zostaje.
partners:
  pierwszy:
    name: Urząd Pierwszy
    kind: pup
    origins: [https://pierwszy.example.org]
    # Uwaga o drugim.
  drugi:
    name: Urząd Drugi
    kind: wup
    origins:
      - https://drugi.example.org
"""
FORM = {
    "key": "nowy-urzad", "name": "Nowy Urząd", "kind": "pup", "origins": "https://nowy.example.org",
    "theme.brand": "#123a6b", "theme.on_brand": "#ffffff", "greeting": "Dzień dobry: to „nowy” urząd.",
    "contact.email": "ktos@example.org",
}  # fmt: skip


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "partners.yml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_new_partner_is_added_and_the_rest_stays_as_written(registry: Path) -> None:
    partner = save(registry, FORM, key=None)
    assert (partner.key, partner.theme.brand, partner.contact.email) == ("nowy-urzad", "#123a6b", "ktos@example.org")
    assert registry.read_text(encoding="utf-8").startswith(TEXT)
    assert list(load_partners(registry)) == ["pierwszy", "drugi", "nowy-urzad"]
    assert [path.name for path in registry.parent.iterdir()] == ["partners.yml"]


def test_changed_partner_takes_the_place_of_its_former_self(registry: Path) -> None:
    before = load_partners(registry)
    form = {
        **form_of(before["pierwszy"]),
        "name": "Urząd Zmieniony",
        "origins": "https://a.example.org\nhttps://b.example.org",
    }
    save(registry, form, key="pierwszy")
    after = load_partners(registry)
    assert list(after) == ["pierwszy", "drugi"]
    assert after["pierwszy"].origins == {"https://a.example.org", "https://b.example.org"}
    assert after["drugi"] == before["drugi"]
    assert registry.read_text(encoding="utf-8").startswith("# Opis pól zostaje.")


@pytest.mark.parametrize(
    ("change", "field", "text"),
    [
        ({"theme.brand": "#ffd166"}, "theme.brand", "Kontrast #ffd166 i #ffffff to 1.4"),
        ({"theme.brand": "zielony"}, "theme.brand", "#1b6b3a"),
        ({"origins": "http://nowy.example.org"}, "origins", "nie adres witryny"),
        ({"origins": ""}, "origins", "co najmniej jeden adres"),
        ({"name": " "}, "name", "name"),
        ({"kind": "gmina"}, "kind", "nieznany rodzaj"),
        ({"logo": "http://x.example.org/a.png"}, "logo", "https://"),
        ({"key": "pierwszy"}, "key", "już jest"),
        ({"key": "yes"}, "key", "Klucz musi"),
        ({"key": "123"}, "key", "Klucz musi"),
        ({"key": "Ą b"}, "key", "Klucz musi"),
    ],
)
def test_mistakes_are_told_by_field_and_nothing_is_written(
    registry: Path, change: dict[str, str], field: str, text: str
) -> None:
    with pytest.raises(FormError) as caught:
        save(registry, {**FORM, **change}, key=None)
    assert text.lower() in caught.value.errors[field].lower()
    assert registry.read_text(encoding="utf-8") == TEXT
    assert [path.name for path in registry.parent.iterdir()] == ["partners.yml"]


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60), greeting=st.text(max_size=80))
def test_whatever_is_typed_is_read_back_or_refused(registry: Path, name: str, greeting: str) -> None:
    registry.write_text(TEXT, encoding="utf-8")
    try:
        save(registry, {**FORM, "name": name, "greeting": greeting}, key=None)
    except FormError:
        assert registry.read_text(encoding="utf-8") == TEXT
        return
    found = load_partners(registry)
    assert found["nowy-urzad"].name == name.strip()
    assert found["nowy-urzad"].greeting == greeting.strip()
    assert list(found) == ["pierwszy", "drugi", "nowy-urzad"]


def test_two_administrators_do_not_undo_each_other(registry: Path) -> None:
    forms = [{**FORM, "key": f"urzad-{number}"} for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda form: save(registry, form, key=None), forms))
    assert len(load_partners(registry)) == 14


def test_running_service_takes_a_change_and_no_broken_file(registry: Path) -> None:
    live = PartnerFile(registry)
    assert set(live.partners) == {"pierwszy", "drugi"}
    save(registry, FORM, key=None)
    assert "nowy-urzad" in live.partners
    registry.write_text("partners: [", encoding="utf-8")
    assert "nowy-urzad" in live.partners


@pytest.fixture
def administrator(registry: Path, tmp_path: Path) -> Browser:
    return signed_in(make_app(tmp_path, PARTNERS=str(registry)), Role.ADMINISTRATOR)


def test_administrator_adds_and_changes_a_partner_in_the_browser(administrator: Browser) -> None:
    refused = administrator.send("/panel/partnerzy/nowy", **{**FORM, "theme.brand": "#ffd166"})
    assert refused.status_code == 422
    assert "Kontrast #ffd166" in refused.text
    assert 'value="Nowy Urząd"' in refused.text
    added = administrator.send("/panel/partnerzy/nowy", **FORM)
    assert (added.status_code, added.headers["Location"]) == (303, "/panel/partnerzy/nowy-urzad")
    assert administrator.get("/panel/partnerzy/nowy-urzad").status_code == 200
    assert 'value="#123a6b"' in administrator.get("/panel/partnerzy/nowy-urzad/zmiana").text
    changed = administrator.send("/panel/partnerzy/nowy-urzad/zmiana", **{**FORM, "name": "Inna Nazwa"})
    assert changed.status_code == 303
    assert "Inna Nazwa" in administrator.get("/panel/partnerzy").text
    assert administrator.get("/panel/partnerzy/nie-ma/zmiana").status_code == 404
    configuration = administrator.client.get("/api/v1/widget?site=nowy-urzad").json
    assert (configuration["name"], configuration["theme"]["brand"]) == ("Inna Nazwa", "#123a6b")
