"""The scripts as they are sent: without comments, with everything else, compressed for who accepts it."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from widget.app import create_app
from widget.languages.catalogue import NAMES, interface_words
from widget.portal.assets import STATIC, Assets
from widget.portal.bundle import BundleError, bundle
from zielona.settings import Settings

ASSETS = Assets()
SCRIPTS = {**ASSETS.modules, "zielona-linia.js": ASSETS.files["zielona-linia.js"]}


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://"})).test_client()


SOURCES = [path.name for path in (STATIC / "chat").glob("*.js")] + ["zielona-linia.js"]


@pytest.mark.parametrize("name", SOURCES)
def test_comments_are_gone_and_the_code_is_not(name: str) -> None:
    source = (STATIC / ("" if name == "zielona-linia.js" else "chat") / name).read_text(encoding="utf-8")
    sent = SCRIPTS.get(name, SCRIPTS["panel.js"]).plain.decode()
    assert "@type" not in sent
    assert "@ts-check" not in sent
    without = re.sub(r"/\*\*.*?\*/", "", source, flags=re.DOTALL)
    lines = [line.strip() for line in without.splitlines()]
    code = [line.removeprefix("export ") for line in lines if not line.startswith(("//", "import {"))]
    kept = sent.replace("export ", "")
    assert "".join("".join(code).split()) in "".join(re.sub(r"^import .*$", "", kept, flags=re.MULTILINE).split())


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


def test_what_is_needed_at_once_is_one_file_and_the_rest_takes_from_it() -> None:
    joined = bundle({
        "panel.js": 'import { a } from "./a.js";\nconst KINDS = 1;\nexport class Panel {}\nimport("./b.js");\n',
        "a.js": "const KINDS = 2;\nexport const a = KINDS;\n",
        "b.js": 'import { a } from "./a.js";\nexport const b = a;\n',
    })  # fmt: skip
    assert set(joined) == {"panel.js", "b.js"}
    assert joined["panel.js"].index("const KINDS = 2") < joined["panel.js"].index("const KINDS = 1")
    assert joined["panel.js"].endswith("export { a, Panel };\n")
    assert joined["b.js"].startswith('import { a } from "./panel.js";')


@pytest.mark.parametrize(
    "modules",
    [
        {"panel.js": 'import { a } from "./gone.js";\n'},
        {"panel.js": 'import { a } from "./a.js";\n', "a.js": 'import { Panel } from "./panel.js";\n'},
        {"panel.js": "export default 1;\n"},
        {"panel.js": 'import { a } from "./a.js";\nexport const a = 1;\n', "a.js": "export const a = 1;\n"},
    ],
)
def test_modules_that_cannot_be_joined_are_refused(modules: dict[str, str]) -> None:
    with pytest.raises(BundleError):
        bundle(modules)


def test_modules_that_few_people_need_come_later() -> None:
    assert "own.js" in ASSETS.later
    assert set(ASSETS.weight) == {"zielona-linia.js", "panel.js"}


@pytest.mark.parametrize("language", NAMES)
def test_what_every_visitor_fetches_keeps_within_20_kb(client: FlaskClient, language: str) -> None:
    """Scripts and the configuration with the words of the interface, as they are sent compressed."""
    answer = client.get(f"/api/v1/widget?language={language}", headers={"Accept-Encoding": "gzip"})
    assert sum(ASSETS.weight.values()) + len(answer.data) <= 20_000


@pytest.mark.parametrize("language", NAMES)
def test_words_come_once_and_with_what_needs_them(client: FlaskClient, language: str) -> None:
    at_once = client.get(f"/api/v1/widget?language={language}").get_json()["words"]
    later = client.get(f"/api/v1/widget/words?language={language}").get_json()["words"]
    assert not set(at_once) & set(later)
    assert {**at_once, **later} == interface_words(language)
    if language != "pl":
        assert "Napisz do konsultanta" in at_once
        assert "Numer zgłoszenia:" in later
