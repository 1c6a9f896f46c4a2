"""Other pages that tell of messages to label."""

from __future__ import annotations

from flask import Flask

from tests.widget.accounts.people import Browser, signed_in
from tests.widget.studio.labelling.written import CATS, DRONES, write
from widget.accounts.roles import Role


def test_other_pages_tell_who_may_label_what_waits(app: Flask, editor: Browser) -> None:
    for text in DRONES + CATS:
        write(app, text)
    consultant = signed_in(app, Role.CONSULTANT)
    told = "20 wiadomości czeka na oznaczenie"
    for path in ("/panel/", "/panel/statystyki", "/panel/statystyki/bez-odpowiedzi", "/panel/studio/tematy"):
        page = editor.get(path).text
        assert told in page, path
        assert 'href="/panel/studio/wiadomosci"' in page
    for path in ("/panel/", "/panel/statystyki"):
        assert "na oznaczenie" not in consultant.get(path).text
