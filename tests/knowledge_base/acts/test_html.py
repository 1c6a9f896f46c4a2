from __future__ import annotations

import re
import unicodedata
from collections import Counter
from time import perf_counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from knowledge_base.acts.errors import ActError
from knowledge_base.acts.html import decode, split_html
from knowledge_base.acts.tree import Unit
from tests.knowledge_base.acts.invented import ELI, NOTICE, PUBLISHED, big_act, chapter, footnote, page, unit, words


@pytest.fixture(scope="module")
def units() -> dict[str, Unit]:
    return {found.id: found for found in split_html(PUBLISHED, ELI)}


def test_ids_are_made_of_printed_numbers(units: dict[str, Unit]) -> None:
    assert list(units) == [
        ELI,
        f"{ELI}/rozdzial_1",
        f"{ELI}/art_1",
        f"{ELI}/art_25_1",
        f"{ELI}/art_25_1/ust_1",
        f"{ELI}/art_25_1/ust_1/pkt_1",
        f"{ELI}/art_25_1/ust_1/pkt_2",
        f"{ELI}/art_25_1/ust_1/pkt_2/lit_a",
        f"{ELI}/art_25_1/ust_1/pkt_2/lit_b",
        f"{ELI}/art_25_1/ust_2",
        f"{ELI}/dzial_ii",
        f"{ELI}/art_26",
        f"{ELI}/art_27",
        f"{ELI}/art_27/pkt_1",
        f"{ELI}/art_27/pkt_2",
    ]


def test_raised_numbers_are_printed_in_brackets(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_25_1/ust_1/pkt_2/lit_b"].label == "art. 25(1) ust. 1 pkt 2 lit. b"
    assert "w art. 3(2)," in units[f"{ELI}/art_25_1/ust_1"].text


def test_text_before_and_after_points_stays_in_their_paragraph(units: dict[str, Unit]) -> None:
    first, last = units[f"{ELI}/art_25_1/ust_1"].text.split("\n")
    assert first.startswith("1. Hodowca")
    assert last == "– według stanu na koniec tygodnia."


def test_chapters_are_headings_of_their_articles(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_1"].headings == ("Rozdział 1 Zasady hodowli chmur",)
    assert units[f"{ELI}/art_26"].headings == ("Dział II Zmiany",)


def test_footnotes_are_kept_out_of_the_text(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_25_1/ust_1"].notes == ("2) Dodany przez zmyśloną nowelizację.",)
    assert "nowelizację" not in units[f"{ELI}/art_25_1/ust_1"].text
    assert units[ELI].notes == ("1) Zmyślona dyrektywa.",)


def test_rows_of_tables_are_lines(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_25_1/ust_2"].text == "2. Chmura | Opłata\nmała | 7 piór"


def test_repealed_provisions_are_marked(units: dict[str, Unit]) -> None:
    assert [found.id for found in units.values() if found.repealed] == [f"{ELI}/art_26"]


def test_wording_given_to_another_act_is_text_and_not_an_article(units: dict[str, Unit]) -> None:
    assert "„Art. 4.\nWiatr wieje dwa razy.”;" in units[f"{ELI}/art_27/pkt_1"].text
    assert "Cisza" in units[f"{ELI}/art_27/pkt_2"].text


def test_a_paragraph_nested_in_another_is_its_neighbour() -> None:
    inner = unit("pass", "1a", "1a.", words("Drugi.")) + unit("pass", "7", "„7.", words("Cytat.”"))
    made = page(("Treść", unit("arti", "1", "Art. 1.", unit("pass", "1", "1.", words("Pierwszy.") + inner))))
    found = {item.id: item.text for item in split_html(made, ELI)}
    assert found[f"{ELI}/art_1/ust_1a"] == "1a. Drugi."
    assert found[f"{ELI}/art_1/ust_1"] == "1. Pierwszy.\n„7.\nCytat.”"


def test_replaced_wording_is_known_by_its_class() -> None:
    quoted = unit("pint", "2", "2)", words("nowe brzmienie")).replace("pro-text false", "pro-rplc-text false")
    made = page(("Treść", unit("arti", "1", "Art. 1.", unit("pint", "1", "1)", words("pkt 2 otrzymuje:") + quoted))))
    assert [item.id for item in split_html(made, ELI)][-1] == f"{ELI}/art_1/pkt_1"


def test_a_notice_is_told_from_the_act_that_it_announces() -> None:
    notice = {found.id: found for found in split_html(NOTICE, ELI)}
    published = {found.id: found.text for found in split_html(PUBLISHED, ELI) if found.kind in ("art", "ust", "pkt")}
    assert {key: notice[key].text for key in published} == published
    assert notice[f"{ELI}/obwieszczenie/ust_1"].text == "1. Ogłasza się tekst.\nArt. 9.\nCytat."
    assert notice[f"{ELI}/zal_1/ust_1"].text == "1. Wzór dziennika deszczu."


def test_a_number_printed_twice_gets_two_ids() -> None:
    twice = page(("Treść", unit("arti", "5", "Art. 5.", "Raz.") + unit("arti", "5", "Art. 5.", "Dwa.")))
    assert [found.id for found in split_html(twice, ELI)][1:] == [f"{ELI}/art_5", f"{ELI}/art_5~2"]


def test_ranges_and_letters_do_not_meet_raised_numbers() -> None:
    heads = ("Art. 5–7.", "Art. 5<sup>7</sup>.", "Art. 5a.", "Art. 5<sup>1a</sup>.")
    made = page(("Treść", "".join(unit("arti", "", head, "(uchylone)") for head in heads)))
    assert [found.label for found in split_html(made, ELI)][1:] == ["art. 5-7", "art. 5(7)", "art. 5a", "art. 5(1a)"]
    assert len({found.id for found in split_html(made, ELI)}) == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_pages_saved_by_hand_may_have_another_encoding(encoding: str) -> None:
    html = "<p>Zażółć</p>" if encoding != "cp1250" else '<meta charset="windows-1250"><p>Zażółć</p>'
    assert "Zażółć" in decode(html.encode(encoding))


def test_a_page_nested_without_end_is_refused_in_polish() -> None:
    with pytest.raises(ActError, match="uszkodzona"):
        split_html("<div>" * 100_000, ELI)


def test_five_hundred_articles_take_less_than_five_seconds() -> None:
    html = big_act(500)
    started = perf_counter()
    assert sum(found.kind == "art" for found in split_html(html, ELI)) == 500
    assert perf_counter() - started < 5


def letters(text: str) -> Counter[str]:
    return Counter(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def everything(units: list[Unit]) -> str:
    return "\n".join("\n".join((found.text, *found.notes)) for found in units)


number = st.tuples(st.integers(1, 40), st.sampled_from(["", "a", "<sup>1</sup>", "<sup>2a</sup>"])).map(
    lambda pair: f"{pair[0]}{pair[1]}"
)
counter = st.integers(0, 10**9).map(lambda value: f"słowo{value}")
sentence = st.lists(counter, min_size=1, max_size=4).map(" ".join)
note = st.one_of(st.just(""), sentence.map(lambda text: footnote(3, text)))
text = st.tuples(sentence, note).map(lambda pair: words(pair[0] + pair[1]))
letter = st.tuples(st.sampled_from("abcdz"), text).map(lambda pair: unit("lett", pair[0], f"{pair[0]})", pair[1]))
point = st.tuples(number, text, st.lists(letter, max_size=2)).map(
    lambda parts: unit("pint", "", f"{parts[0]})", parts[1] + "".join(parts[2]))
)
passus = st.tuples(number, text, st.lists(point, max_size=3), text).map(
    lambda parts: unit("pass", "", f"{parts[0]}.", parts[1] + "".join(parts[2]) + parts[3])
)
article = st.tuples(number, st.lists(st.one_of(text, passus, point), min_size=1, max_size=3)).map(
    lambda parts: unit("arti", "", f"Art.&nbsp;{parts[0]}.", "".join(parts[1]))
)
division = st.tuples(st.sampled_from(["chpt", "bran", "schp"]), sentence, st.lists(article, max_size=3)).map(
    lambda parts: chapter(parts[0], "1", "Rozdział 1", parts[1], "".join(parts[2]))
)
acts = st.lists(st.one_of(article, division, text), max_size=4).map(lambda parts: page(("Treść", "".join(parts))))


@given(acts)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_is_in_exactly_one_unit(html: str) -> None:
    found = split_html(html, ELI)
    assert Counter(re.findall(r"słowo\d+", everything(found))) == Counter(re.findall(r"słowo\d+", html))
    assert len({item.id for item in found}) == len(found)
    assert all(item.parent is None or item.id.startswith(ELI) for item in found)
    assert split_html(html, ELI) == found


@given(acts, sentence)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_new_chapter_leaves_the_ids_of_articles_alone(html: str, title: str) -> None:
    grown = html.replace(
        '<div class="block">', '<div class="block">' + chapter("chpt", "9", "Rozdział 9", title, ""), 1
    )
    ids = [item.id for item in split_html(html, ELI) if item.kind not in ("rozdzial", "dzial", "oddzial")]
    assert [i.id for i in split_html(grown, ELI) if i.kind not in ("rozdzial", "dzial", "oddzial")] == ids


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "<div class='unit unit_arti'>~<div class='unit unit_pass' data-id='pass_'>~<div class='unit unit_chpt'>~</div>~"
        "<h3>Art. 5<sup>1</sup>.~</h3>~<a class='gloss-link'>~</a>~<table><td>~</table>~<sup>~</sup>~<!--~-->~1~2a)~"
        "<section id='part_1'><h2>~<section id=part_2>tekst jednolity~</section>~<div class=cite-box>~<svg>~<frameset>~"
        "<div class='gloss-section'>~<b><i><p>~</b>~&nbsp;~&#0;~\x00~<![CDATA[~<select><option>~"
        "<div class='unit unit_xyz'>~"
        "<div class='unit unit_lett'><h3>a)".split("~")
    ),
)


@given(st.lists(pieces, max_size=40).map("".join))
@example("")
@example("<frameset></frameset>")
@settings(max_examples=300, deadline=None)
def test_arbitrary_pages_lose_no_letter_and_end_in_no_traceback(html: str) -> None:
    found = split_html(html, ELI)
    parsed = LexborHTMLParser(html)
    for node in parsed.css("script, style, template"):
        node.decompose()
    body = parsed.body
    # `head` may stand in a body only where the parser was led astray; the reader skips it there, too.
    assert letters(everything(found)) == letters(body.text(deep=True) if body else "")
    assert len({item.id for item in found}) == len(found)
    assert split_html(html, ELI) == found
