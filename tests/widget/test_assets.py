"""The scripts as they are sent: without comments, with everything else, compressed for who accepts it."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from widget.app import create_app
from widget.portal.assets import STATIC, Assets
from zielona.settings import Settings

ASSETS = Assets()
SCRIPTS = {**ASSETS.modules, "zielona-linia.js": ASSETS.files["zielona-linia.js"]}


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://"})).test_client()


@pytest.mark.parametrize("name", SCRIPTS)
def test_comments_are_gone_and_the_code_is_not(name: str) -> None:
    source = (STATIC / ("" if name == "zielona-linia.js" else "chat") / name).read_text(encoding="utf-8")
    sent = SCRIPTS[name].plain.decode()
    assert "@type" not in sent
    assert "@ts-check" not in sent
    without = re.sub(r"/\*\*.*?\*/", "", source, flags=re.DOTALL)
    code = [line.strip() for line in without.splitlines() if not line.strip().startswith("//")]
    assert "".join("".join(code).split()) == "".join(sent.split())


def test_compressed_and_plain_are_the_same(client: FlaskClient) -> None:
    for path in ("/widget/zielona-linia.js", f"/widget/{ASSETS.version}/panel.js", "/api/v1/widget?language=uk"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in str(packed.headers.getlist("Vary"))
        assert gzip.decompress(packed.data) == plain.data


def test_modules_may_be_kept_for_ever_and_are_found_again(client: FlaskClient) -> None:
    current = client.get(f"/widget/{ASSETS.version}/panel.js")
    assert "max-age=31536000" in current.headers["Cache-Control"]
    assert client.get("/widget/000000000000/panel.js").headers["Cache-Control"] == "public, max-age=0"
    tag = {"If-None-Match": current.headers["ETag"]}
    assert client.get(f"/widget/{ASSETS.version}/panel.js", headers=tag).status_code == 304
    assert client.get("/widget/nie-ma.js").status_code == 404
