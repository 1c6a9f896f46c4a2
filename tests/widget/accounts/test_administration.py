"""Users, and an audit log that is complete and cannot be changed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.widget.accounts.people import PASSWORD, Browser, actions, add_person, make_app, signed_in
from widget.accounts.access import allow
from widget.accounts.audit import ACTIONS, OTHER, UnknownActionError
from widget.accounts.paging import Page, page_number
from widget.accounts.roles import EVERYBODY, Role

NEW = "/panel/uzytkownicy/nowy"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def administrator(app: Flask) -> Browser:
    return signed_in(app, Role.ADMINISTRATOR)


def shown_password(page: str) -> str:
    found = re.search(r'id="haslo">([\w-]+)<', page)
    assert found
    return found[1]


def test_new_user_signs_in_and_has_to_change_the_password(app: Flask, administrator: Browser) -> None:
    page = administrator.send(NEW, name="Ewa Lis", email="EWA@example.org", role="konsultant").text
    password = shown_password(page)
    ewa = Browser(app)
    assert ewa.sign_in("ewa@example.org", password).status_code == 303
    for path in ("/panel/", "/panel/konto"):
        assert ewa.get(path).headers["Location"] == "/panel/konto/haslo"
    changed = {"current": password, "new": PASSWORD, "again": PASSWORD}
    assert "To nie jest obecne hasło." in ewa.send("/panel/konto/haslo", **{**changed, "current": "x"}).text
    assert "nie są takie same" in ewa.send("/panel/konto/haslo", **{**changed, "again": "x"}).text
    assert "inne niż obecne" in ewa.send("/panel/konto/haslo", **{**changed, "new": password}).text
    assert "co najmniej 12" in ewa.send("/panel/konto/haslo", **{**changed, "new": "krótkie"}).text
    assert ewa.send("/panel/konto/haslo", **changed).status_code == 303
    assert ewa.is_in()
    assert Browser(app).sign_in("ewa@example.org", password).status_code == 422


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"email": "bez-malpy"}, "imie.nazwisko@urzad.gov.pl"),
        ({"name": " a "}, "od 3 do 120"),
        ({"role": "krol"}, "Proszę wybrać rolę."),
        ({"email": "administrator@example.org"}, "ma już konto"),
    ],
)
def test_mistakes_are_shown_with_what_was_typed(administrator: Browser, data: dict[str, str], told: str) -> None:
    answer = administrator.send(NEW, **{"name": "Ewa Lis", "email": "ewa@example.org", "role": "redaktor", **data})
    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert ("ewa@example.org" in answer.text) is ("email" not in data)


def test_role_counts_at_once(app: Flask, administrator: Browser) -> None:
    editor = signed_in(app, Role.EDITOR)
    user = app.extensions["zielona_account_repository"].user_by_email("redaktor@example.org")
    assert editor.get("/panel/dziennik").status_code == 403
    administrator.send(f"/panel/uzytkownicy/{user.id}", name="Ewa Lis", role="administrator")
    assert editor.get("/panel/dziennik").status_code == 200


def test_account_that_is_closed_is_closed_at_once(app: Flask, administrator: Browser) -> None:
    consultant = signed_in(app, Role.CONSULTANT)
    user = app.extensions["zielona_account_repository"].user_by_email("konsultant@example.org")
    administrator.send(f"/panel/uzytkownicy/{user.id}/dostep", active="0")
    assert not consultant.is_in()
    assert "niepoprawne" in consultant.sign_in("konsultant@example.org").text
    administrator.send(f"/panel/uzytkownicy/{user.id}/dostep", active="1")
    assert consultant.sign_in("konsultant@example.org").status_code == 303


def test_new_password_ends_sessions_lock_and_second_factor(app: Flask, administrator: Browser) -> None:
    consultant = signed_in(app, Role.CONSULTANT)
    repository = app.extensions["zielona_account_repository"]
    user = repository.user_by_email("konsultant@example.org")
    repository.change_user(user.id, totp_secret="JBSWY3DPEHPK3PXP")
    other = Browser(app)
    for _ in range(5):
        other.sign_in(user.email, "złe hasło")
    password = shown_password(administrator.send(f"/panel/uzytkownicy/{user.id}/haslo").text)
    assert not consultant.is_in()
    assert consultant.sign_in(user.email, password).headers["Location"] == "/panel/"


def test_an_administrator_always_remains(app: Flask, administrator: Browser) -> None:
    me = app.extensions["zielona_account_repository"].user_by_email("administrator@example.org")
    answer = administrator.send(f"/panel/uzytkownicy/{me.id}", name=me.name, role="redaktor")
    assert (answer.status_code, "jedyne działające konto" in answer.text) == (422, True)
    assert administrator.send(f"/panel/uzytkownicy/{me.id}/dostep", active="0").status_code == 409
    assert administrator.send(f"/panel/uzytkownicy/{me.id}/haslo").status_code == 409
    assert administrator.get("/panel/uzytkownicy").status_code == 200
    second = add_person(app, Role.ADMINISTRATOR, email="druga@example.org")
    assert administrator.send(f"/panel/uzytkownicy/{me.id}", name=me.name, role="redaktor").status_code == 303
    assert administrator.get("/panel/uzytkownicy").status_code == 403
    assert second.active


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"]
)
def test_audit_log_only_grows(app: Flask, administrator: Browser, change: str) -> None:
    before = actions(app)
    assert before
    with pytest.raises(DatabaseError, match="append-only"), app.extensions["zielona"].engine.begin() as connection:
        connection.execute(text(change))
    assert actions(app) == before


def test_everything_staff_do_is_in_the_log(app: Flask, administrator: Browser) -> None:
    administrator.send(NEW, name="Ewa Lis", email="ewa@example.org", role="konsultant")
    user = app.extensions["zielona_account_repository"].user_by_email("ewa@example.org")
    administrator.send(f"/panel/uzytkownicy/{user.id}", name="Ewa Lis", role="redaktor")
    administrator.send(f"/panel/uzytkownicy/{user.id}/haslo")
    administrator.send(f"/panel/uzytkownicy/{user.id}/dostep", active="0")
    administrator.send(f"/panel/uzytkownicy/{user.id}/dostep", active="1")
    administrator.send("/panel/konto/haslo", current=PASSWORD, new="mgła nad Sanem rano", again="mgła nad Sanem rano")
    administrator.send("/panel/konto/sesje/zakoncz")
    Browser(app).sign_in("ewa@example.org", "złe")
    administrator.send("/panel/wyloguj")
    assert actions(app) == [
        ("konto.logowanie", "administrator@example.org"),
        ("uzytkownik.dodany", "ewa@example.org"),
        ("uzytkownik.zmieniony", "ewa@example.org"),
        ("uzytkownik.haslo", "ewa@example.org"),
        ("uzytkownik.wylaczony", "ewa@example.org"),
        ("uzytkownik.wlaczony", "ewa@example.org"),
        ("konto.haslo", "administrator@example.org"),
        ("konto.sesja_zakonczona", "administrator@example.org"),
        ("konto.logowanie_nieudane", "ewa@example.org"),
        ("konto.wylogowanie", "administrator@example.org"),
    ]


def test_a_change_that_nobody_logged_is_logged_by_its_endpoint(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    app.add_url_rule("/panel/nowe/<key>", "new", allow(*EVERYBODY)(lambda key: key), methods=["POST"])
    browser = signed_in(app, Role.EDITOR)
    assert browser.send("/panel/nowe/x1").status_code == 200
    assert actions(app)[-1] == (OTHER, "new")
    browser.client.post("/panel/nowe/x1")
    assert len(actions(app)) == 2, "what was refused changed nothing"


def test_every_action_of_the_code_has_a_name() -> None:
    used = set()
    for path in (ROOT / "widget").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit" and node.args:
                used |= {leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant)}
    assert len(used) > 10
    assert used <= set(ACTIONS)


def test_an_unknown_action_is_a_mistake(app: Flask) -> None:
    with pytest.raises(UnknownActionError):
        app.extensions["zielona_audit"].write("nieznane", "x", {}, user_id=None)


def test_filters_of_the_log(app: Flask, administrator: Browser) -> None:
    log = app.extensions["zielona_audit"]
    user = app.extensions["zielona_account_repository"].user_by_email("administrator@example.org")
    for number in range(60):
        log.write("uzytkownik.zmieniony", f"rzecz_{number:02}%", {"rola": ["konsultant", "<b>"]}, user_id=user.id)

    def found(query: str) -> list[str]:
        return re.findall(r'<td class="wrap">([^<]+)</td>', administrator.get(f"/panel/dziennik{query}").text)

    assert found("")[0] == "rzecz_59%"
    assert len(found("")) == 50
    assert found("?strona=2")[-1] == "administrator@example.org"
    assert found("?tekst=_07%25") == ["rzecz_07%"]
    assert found("?tekst=e_&co=konto.logowanie") == []
    assert found("?co=konto.logowanie") == ["administrator@example.org"]
    assert len(found(f"?kto={user.id}")) == 50
    assert found("?od=2100-01-01") == []
    assert found("?do=2000-01-01") == []
    assert len(found("?od=nonsens&do=9999-12-31&strona=x")) == 50
    page = administrator.get("/panel/dziennik?tekst=rzecz&strona=2").text
    assert "51–60 z 60" in page
    assert 'href="/panel/dziennik?tekst=rzecz&amp;strona=1"' in page
    assert "&lt;b&gt;" in page
    assert "Nie ma takich wpisów" in administrator.get("/panel/dziennik?tekst=nic").text


def test_addresses_of_browsers_are_not_in_the_log(app: Flask, administrator: Browser) -> None:
    with app.extensions["zielona"].engine.connect() as connection:
        [address] = connection.execute(text("SELECT DISTINCT address FROM audit")).scalars()
    assert re.fullmatch("[0-9a-f]{16}", address)


def test_pages_of_a_list() -> None:
    page = Page(3, 50, 101)
    assert (page.last, page.first_item, page.last_item, page.has_items) == (3, 101, 101, True)
    assert not Page(4, 50, 101).has_items
    assert (Page(1, 50, 0).last, Page(1, 50, 0).first_item) == (1, 0)
    assert [page_number(given) for given in (None, "", "0", "-1", "x", "²", "7", "9" * 30)] == [
        1,
        1,
        1,
        1,
        1,
        1,
        7,
        100_000,
    ]
