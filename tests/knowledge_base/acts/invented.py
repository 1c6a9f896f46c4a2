"""An act that does not exist, in the structure in which the ELI service sends real ones; every rule is made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

ELI = "DU/2099/7"
_GLYPHS = {
    "ą": "aogonek", "ć": "cacute", "ę": "eogonek", "ł": "lslash", "ń": "nacute", "ó": "oacute", "ś": "sacute",
    "ź": "zacute", "ż": "zdotaccent", "Ą": "Aogonek", "Ć": "Cacute", "Ę": "Eogonek", "Ł": "Lslash", "Ń": "Nacute",
    "Ó": "Oacute", "Ś": "Sacute", "Ź": "Zacute", "Ż": "Zdotaccent", "§": "section", "–": "endash",
    "„": "quotedblbase", "”": "quotedblright", "©": "copyright",
}  # fmt: skip
_CODES = {letter: 128 + number for number, letter in enumerate(_GLYPHS)}


def unit(kind: str, number: str, head: str, inner: str) -> str:
    return (
        f'<div class="unit unit_{kind} pro-text false" data-id="{kind}_{number}">'
        f'<h3 CLASS="pro-none"><B CLASS="b">{head}</B></h3><div class="unit-inner">{inner}</div></div>'
    )


def words(text: str) -> str:
    return f'<div data-template="xText" CLASS="pro-text">{text}</div>'


def chapter(kind: str, number: str, head: str, title: str, inner: str) -> str:
    return (
        f'<div class="unit unit_{kind} pro-text with-title" data-id="{kind}_{number}"><h3>'
        f'<P ALIGN="center">&nbsp;{head}&nbsp;</P><P><B><SPAN CLASS="pro-title-unit">{title}</SPAN></B></P></h3>'
        f'<div class="unit-inner">{inner}</div></div>'
    )


def footnote(number: int, text: str) -> str:
    return (
        f'<a class="gloss-link tooltip" href="#g{number}"><sup>{number})</sup>'
        f'<span class="tooltip-text"><span class="pro-gloss-inner">{text}</span></span></a>'
    )


def page(*sections: tuple[str, str]) -> str:
    parts = "".join(
        f'<section id="part_{i}"><div class="part"><h2 class="part"><span>{title}</span></h2>'
        f'<div class="block">{body}</div></div></section>'
        for i, (title, body) in enumerate(sections, 1)
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Akt</title><style>.unit{margin:0}</style></head><body>'
        f'<script>var tree={{"id":"arti_1"}};</script><div class="parts">{parts}</div></body></html>'
    )


ARTICLES = chapter(
    "chpt", "1", "Rozdział&nbsp;1", "Zasady hodowli chmur",
    unit("arti", "1", "Art.&nbsp;1.", words("Ustawa określa zasady hodowli chmur domowych."))
    + unit(
        "arti", "25_1", "Art.&nbsp;25<sup>1</sup>.",
        unit(
            "pass", "1", f"1{footnote(2, 'Dodany przez zmyśloną nowelizację.')}.",
            words("Hodowca chmury, o której mowa w art. 3<sup>2</sup>, prowadzi dziennik deszczu, który zawiera:")
            + unit("pint", "1", "1)", words("liczbę kropli;"))
            + unit(
                "pint", "2", "2)",
                words("barwę chmury:")
                + unit("lett", "a", "a)", words("białą,")) + unit("lett", "b", "b)", words("szarą")),
            )
            + words("– według stanu na koniec tygodnia."),
        )
        + unit(
            "pass", "2", "2.",
            "<table><tr><th>Chmura</th><th>Opłata</th></tr><tr><td><p>mała</p></td><td>7 piór</td></tr></table>",
        ),
    ),
) + chapter(
    "bran", "II", "Dział&nbsp;II", "Zmiany",
    unit("arti", "26", "Art.&nbsp;26.", words("(uchylony)"))
    + unit(
        "arti", "27", "Art.&nbsp;27.",
        words("W ustawie o wietrze wprowadza się zmiany:")
        + unit(
            "pint", "1", "1)",
            words("art. 4 otrzymuje brzmienie:")
            + '<div class="cite-box">' + unit("arti", "4", "„Art. 4.", words("Wiatr wieje dwa razy.”;")) + "</div>",
        )
        + unit("pint", "2", "2)", words("dodaje się art. 5a:") + unit("arti", "5a", "„Art. 5a.", words("Cisza.”"))),
    ),
)  # fmt: skip
PUBLISHED = page(("Treść ustawy" + footnote(1, "Zmyślona dyrektywa."), ARTICLES))
NOTICE = page(
    (
        "Treść obwieszczenia",
        unit("pass", "1", "1.", words("Ogłasza się tekst.") + unit("arti", "9", "Art. 9.", "Cytat.")),
    ),
    ("Załącznik&nbsp;-&nbsp;Tekst jednolity ustawy o hodowli chmur", ARTICLES),
    ("Załącznik nr 1", unit("pass", "1", "1.", words("Wzór dziennika deszczu."))),
)


def description(**changes: Any) -> bytes:
    """The act's JSON as the service gives it."""
    fields: dict[str, Any] = {
        "ELI": ELI,
        "title": "Ustawa z dnia 1 kwietnia 2099 r. o hodowli chmur domowych",
        "status": "obowiązujący",
        "inForce": "IN_FORCE",
        "announcementDate": "2024-01-02",
        "entryIntoForce": "2024-02-01",
        "changeDate": "2024-03-01T10:00:00",
        "textHTML": True,
        "textPDF": True,
        "references": {},
        "texts": [{"fileName": "D20990007.pdf", "type": "O"}],
    }
    return json.dumps({key: value for key, value in {**fields, **changes}.items() if value is not None}).encode()


def big_act(articles: int) -> str:
    """An act of that many articles, each with three paragraphs of two points."""
    sentence = "Hodowca chmury składa oświadczenie o deszczu w terminie siedmiu dni od dnia, w którym spadła kropla. "

    def article(number: int) -> str:
        passus = "".join(
            unit("pass", str(p), f"{p}.", words(sentence * 2) + "".join(
                unit("pint", str(n), f"{n})", words(f"{sentence}{number}{p}{n};")) for n in (1, 2)
            ))
            for p in (1, 2, 3)
        )  # fmt: skip
        return unit("arti", str(number), f"Art.&nbsp;{number}.", passus)

    return page(("Treść ustawy", "".join(article(number) for number in range(1, articles + 1))))


def big_pdf(articles: int) -> bytes:
    """The same act as printed lines, 45 to a page."""
    lines = ["Hodowca chmury składa oświadczenie o deszczu w terminie siedmiu dni", "od dnia, w którym spadła kropla."]
    printed: list[Printed] = []
    for number in range(1, articles + 1):
        for passus in (1, 2, 3):
            start = f"Art. {number}. 1. " if passus == 1 else f"{passus}. "
            printed += [start + lines[0], lines[1], f"1) {lines[0]}", lines[1], f"2) {lines[0]}", lines[1]]
    return pdf([printed[i : i + 45] for i in range(0, len(printed), 45)])


Printed = str | tuple[str, float] | list[tuple[str, float, float]]


def pdf(pages: Sequence[Sequence[Printed]]) -> bytes:
    """A small PDF: a line is a text, a text with its size, or pieces of (text, size, rise)."""
    differences = " ".join(f"/{name}" for name in _GLYPHS.values())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding"
        b"/Differences[128 " + differences.encode() + b"]>>>>",
    ]
    kids = []
    for lines in pages:
        content = _content(lines)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        stream = len(objects)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % stream
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(out),
    )  # fmt: skip


def _content(lines: Sequence[Printed]) -> bytes:
    out = [b"BT"]
    for number, line in enumerate(lines):
        pieces = line if isinstance(line, list) else [(line, 12.0, 0.0) if isinstance(line, str) else (*line, 0.0)]
        out.append(b"1 0 0 1 50 %d Tm" % (800 - 16 * number))
        for text, size, rise in pieces:
            out.append(b"/F1 %.1f Tf %.1f Ts <%s> Tj" % (size, rise, _encoded(text).hex().encode()))
    return b"\n".join([*out, b"ET"])


def _encoded(text: str) -> bytes:
    return bytes(_CODES.get(letter, ord(letter) if ord(letter) < 128 else ord("?")) for letter in text)
