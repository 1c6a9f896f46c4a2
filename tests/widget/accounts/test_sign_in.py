"""Ways in: lock-out, sessions, the second factor, and what each leaves in the audit log."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest
from flask import Flask

from tests.widget.accounts.people import PASSWORD, Browser, actions, add_person, make_app, signed_in
from widget.accounts.roles import Role
from widget.accounts.sessions import device_name
from widget.accounts.signin import LIMIT, SignInError

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36"


class Clock:
    """The time that sign-in and sessions see; tests move it."""

    def __init__(self, app: Flask) -> None:
        self.now = dt.datetime.now(tz=dt.timezone.utc)
        for name in ("zielona_sessions", "zielona_sign_in"):
            app.extensions[name].clock = lambda: self.now

    def pass_by(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def clock(app: Flask) -> Clock:
    return Clock(app)


def test_sign_in_leads_to_the_page_that_was_asked_for(app: Flask) -> None:
    user = add_person(app, Role.ADMINISTRATOR)
    browser = Browser(app)
    location = browser.get("/panel/dziennik?tekst=a").headers["Location"]
    assert location == "/panel/logowanie?dalej=/panel/dziennik%3Ftekst%3Da"
    assert 'name="dalej" value="/panel/dziennik?tekst=a"' in browser.get(location).text
    answer = browser.sign_in(" Administrator@Example.org ", dalej="/panel/dziennik?tekst=a")
    assert answer.headers["Location"] == "/panel/dziennik?tekst=a"
    assert actions(app) == [("konto.logowanie", user.email)]


@pytest.mark.parametrize(
    "target", ["https://zly.example", "//zly.example", "/panel\\@zly", "/demo", "/panel/\r\nX: y", ""]
)
def test_sign_in_never_leads_elsewhere(app: Flask, target: str) -> None:
    add_person(app, Role.EDITOR)
    assert Browser(app).sign_in("redaktor@example.org", dalej=target).headers["Location"] == "/panel/"


@pytest.mark.parametrize("email", ["konsultant@example.org", "nikt@example.org"])
def test_lock_after_five_failures_does_not_tell_whether_there_is_an_account(
    app: Flask, clock: Clock, email: str
) -> None:
    add_person(app, Role.CONSULTANT)
    browser = Browser(app)
    told = [browser.sign_in(email, "złe hasło").text for _ in range(LIMIT + 1)]
    assert all(f"Pozostało prób: {LIMIT - number}." in page for number, page in enumerate(told[: LIMIT - 1], 1))
    assert all("jest zablokowane do godz." in page for page in told[LIMIT - 1 :])
    assert actions(app).count(("konto.blokada", email)) == 1
    # The right password does not help while the lock holds.
    assert "zablokowane" in browser.sign_in(email).text
    clock.pass_by(minutes=16)
    assert browser.sign_in(email).status_code == (303 if "konsultant" in email else 422)


def test_the_fifth_attempt_may_be_right_and_the_owner_hears_of_the_others(app: Flask) -> None:
    add_person(app, Role.CONSULTANT)
    browser = Browser(app)
    for _ in range(LIMIT - 1):
        browser.sign_in("konsultant@example.org", "złe hasło")
    assert browser.sign_in("konsultant@example.org").status_code == 303
    assert f"od ostatniej wizyty: {LIMIT - 1}." in browser.get("/panel/").text
    assert "zablokowane" not in browser.sign_in("konsultant@example.org", "złe hasło").text


def test_attempts_at_the_same_moment_do_not_pass_the_limit(app: Flask) -> None:
    user = add_person(app, Role.CONSULTANT)
    sign_in = app.extensions["zielona_sign_in"]

    def guess(number: int) -> str:
        try:
            sign_in.with_password(user.email, f"zgaduję {number}")
        except SignInError as error:
            return error.detail
        return "wpuszczono"

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(guess, range(24)))
    # Four are told that they were wrong, the fifth locks, the others are not even looked at.
    assert sum("Pozostało" in text for text in told) == LIMIT - 1
    assert sum("zablokowane" in text for text in told) == 24 - (LIMIT - 1)


def test_attempts_are_limited_by_address_too(tmp_path: Path) -> None:
    app = make_app(tmp_path, SIGN_IN_LIMIT="3 per minute")
    browser = Browser(app)
    statuses = [browser.sign_in(f"osoba{number}@example.org", "x").status_code for number in range(5)]
    assert statuses == [422, 422, 422, 429, 429]
    assert browser.get("/panel/logowanie").status_code == 200


def test_session_begins_anew_at_sign_in(app: Flask) -> None:
    """A cookie that somebody planted before is worth nothing afterwards."""
    add_person(app, Role.CONSULTANT)
    browser = Browser(app)
    browser.client.set_cookie("zl_panel", "podrzucone", domain="localhost")
    before = browser.token()
    browser.sign_in("konsultant@example.org")
    first = browser.client.get_cookie("zl_panel")
    assert first is not None
    assert first.value != "podrzucone"
    assert browser.token() != before
    browser.sign_in("konsultant@example.org")
    other = Browser(app)
    other.client.set_cookie("zl_panel", first.value, domain="localhost")
    assert not other.is_in()


def test_cookie_is_safe_and_over_https_bound_to_the_host(tmp_path: Path) -> None:
    app = make_app(tmp_path, PUBLIC_URL="https://asystent.example.org")
    add_person(app, Role.CONSULTANT)
    cookies = Browser(app).sign_in("konsultant@example.org").headers.getlist("Set-Cookie")
    [cookie] = [cookie for cookie in cookies if "panel" in cookie]
    assert cookie.startswith("__Host-zl_panel=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie


def test_database_does_not_hold_what_the_cookie_holds(app: Flask, tmp_path: Path) -> None:
    browser = signed_in(app, Role.CONSULTANT)
    cookie = browser.client.get_cookie("zl_panel")
    assert cookie is not None
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("panel.db*"))
    assert cookie.value.encode() not in stored


def test_sessions_end_when_idle_and_in_any_case(app: Flask, clock: Clock) -> None:
    browser = signed_in(app, Role.CONSULTANT)
    for _ in range(14):
        clock.pass_by(minutes=50)
        assert browser.is_in()
    clock.pass_by(minutes=21)
    assert not browser.is_in(), "twelve hours are over"
    browser.sign_in("konsultant@example.org")
    clock.pass_by(minutes=61)
    assert not browser.is_in(), "an hour without use"


def test_sign_out_ends_the_session_for_who_kept_the_cookie(app: Flask) -> None:
    browser = signed_in(app, Role.CONSULTANT)
    cookie = browser.client.get_cookie("zl_panel")
    assert cookie is not None
    assert browser.send("/panel/wyloguj").headers["Location"] == "/panel/logowanie"
    assert browser.client.get_cookie("zl_panel") is None
    browser.client.set_cookie("zl_panel", cookie.value, domain="localhost")
    assert not browser.is_in()
    assert actions(app)[-1][0] == "konto.wylogowanie"


def test_others_of_ones_sessions_can_be_ended_and_nobody_elses(app: Flask) -> None:
    mine, stranger = signed_in(app, Role.CONSULTANT), signed_in(app, Role.EDITOR)
    second, third = Browser(app), Browser(app)
    for browser in (second, third):
        browser.sign_in("konsultant@example.org")
    named = re.findall(r'name="session" value="(\w+)"', mine.get("/panel/konto").text)
    assert len(named) == 2
    assert stranger.send("/panel/konto/sesje/zakoncz", session=named[0]).status_code == 404
    assert mine.send("/panel/konto/sesje/zakoncz", session=named[0]).status_code == 303
    assert [second.is_in(), third.is_in()].count(True) == 1
    mine.send("/panel/konto/sesje/zakoncz")
    assert [browser.is_in() for browser in (mine, second, third, stranger)] == [True, False, False, True]


def turn_on_codes(browser: Browser, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    page = browser.get("/panel/konto/kody").text
    secret = re.search(r'id="klucz">([A-Z2-7 ]+)<', page)
    assert secret
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    assert browser.send("/panel/konto/kody", code="000000", password=PASSWORD).status_code == 422
    assert browser.send("/panel/konto/kody", code=totp.at(clock.now), password="złe").status_code == 422
    done = browser.send("/panel/konto/kody", code=totp.at(clock.now), password=PASSWORD)
    return totp, re.findall(r"<li>(\w{5}-\w{5})</li>", done.text)


def test_second_factor_is_asked_for_and_each_code_counts_once(app: Flask, clock: Clock) -> None:
    totp, codes = turn_on_codes(signed_in(app, Role.CONSULTANT), clock)
    assert len(codes) == 10
    clock.pass_by(seconds=90)
    browser = Browser(app)
    assert browser.sign_in("konsultant@example.org").headers["Location"].startswith("/panel/logowanie/kod")
    assert not browser.is_in()
    assert browser.send("/panel/logowanie/kod", code="000 000").status_code == 422
    code = totp.at(clock.now)
    assert browser.send("/panel/logowanie/kod", code=f"{code[:3]} {code[3:]}").status_code == 303
    assert browser.is_in()
    other = Browser(app)
    other.sign_in("konsultant@example.org")
    assert other.send("/panel/logowanie/kod", code=code).status_code == 422
    assert other.send("/panel/logowanie/kod", code=codes[0].upper()).status_code == 303
    third = Browser(app)
    third.sign_in("konsultant@example.org")
    assert third.send("/panel/logowanie/kod", code=codes[0]).status_code == 422
    assert [action for action, _ in actions(app)].count("konto.kod_zapasowy") == 1


def test_codes_cannot_be_guessed_by_signing_in_again(app: Flask, clock: Clock) -> None:
    turn_on_codes(signed_in(app, Role.CONSULTANT), clock)
    browser = Browser(app)
    for _ in range(LIMIT):
        assert browser.sign_in("konsultant@example.org").status_code == 303
        browser.send("/panel/logowanie/kod", code="000000")
    assert "zablokowane" in browser.sign_in("konsultant@example.org").text


def test_code_has_to_come_in_five_minutes(app: Flask, clock: Clock) -> None:
    totp, _ = turn_on_codes(signed_in(app, Role.CONSULTANT), clock)
    browser = Browser(app)
    browser.sign_in("konsultant@example.org")
    clock.pass_by(minutes=6)
    assert browser.send("/panel/logowanie/kod", code=totp.at(clock.now)).headers["Location"] == "/panel/logowanie"
    assert not browser.is_in()


def test_second_factor_can_be_turned_off_with_the_password(app: Flask, clock: Clock) -> None:
    browser = signed_in(app, Role.CONSULTANT)
    turn_on_codes(browser, clock)
    assert browser.send("/panel/konto/kody/wylacz", password="złe").status_code == 422
    assert len(re.findall("<li>", browser.send("/panel/konto/kody/zapasowe").text)) >= 10
    assert browser.send("/panel/konto/kody/wylacz", password=PASSWORD).status_code == 303
    assert Browser(app).sign_in("konsultant@example.org").headers["Location"] == "/panel/"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome, Linux"),
        (CHROME + " Edg/149.0", "Edge, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.9", "Inna przeglądarka"),
    ],
)
def test_devices_have_names_that_people_know(agent: str, name: str) -> None:
    assert device_name(agent) == name
