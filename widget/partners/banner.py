"""Banners and QR codes that lead to a partner's own page of the assistant."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import segno

from widget.partners.registry import Theme

# Width and height in pixels: the usual sizes of the Interactive Advertising Bureau, and one for social media.
SIZES = {
    "728x90": (728, 90),
    "320x100": (320, 100),
    "300x250": (300, 250),
    "160x600": (160, 600),
    "1200x628": (1200, 628),
}
ALT = "Zapytaj asystenta Zielonej Linii o urząd pracy, zasiłek, umowę lub urlop."
_SVG = "http://www.w3.org/2000/svg"
_TITLE = "Zapytaj asystenta"
_LINES = ("Urząd pracy, zasiłek,", "umowa, urlop")
# A wide sans-serif letter takes about this share of the font's size.
_LETTER = 0.62


def banner(size: str, theme: Theme) -> str:
    """The banner as SVG text. Raises KeyError for a size that is not in `SIZES`."""
    width, height = SIZES[size]
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.Element(
        f"{{{_SVG}}}svg",
        {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}", "role": "img",
         "aria-label": ALT},
    )  # fmt: skip
    ElementTree.SubElement(root, f"{{{_SVG}}}title").text = ALT
    _box(root, 0, 0, width, height, theme.brand)
    margin = min(width, height) * 0.12
    rows = (_TITLE, " ".join(_LINES)) if width > 4 * height else (*_split(_TITLE, width), *_split_lines(width))
    room = (height - 2 * margin) / len(rows)
    for number, text in enumerate(rows):
        is_title = text in _split(_TITLE, width) or text == _TITLE
        fitting = min(room * 0.8, (width - 2 * margin) / (len(text) * _LETTER), height * 0.3)
        font = fitting if is_title else fitting * 0.85
        attributes = {
            "x": f"{width / 2:g}", "y": f"{margin + room * (number + 0.7):.1f}", "text-anchor": "middle",
            "font-family": "Arial, Helvetica, sans-serif", "font-size": f"{font:.1f}", "fill": theme.on_brand,
        }  # fmt: skip
        if is_title:
            attributes["font-weight"] = "bold"
        ElementTree.SubElement(root, f"{{{_SVG}}}text", attributes).text = text
    return ElementTree.tostring(root, encoding="unicode")


def _split(text: str, width: int) -> tuple[str, ...]:
    return tuple(text.split()) if width < 200 else (text,)


def _split_lines(width: int) -> tuple[str, ...]:
    return tuple(" ".join(_LINES).split()) if width < 200 else _LINES


def _box(root: ElementTree.Element, x: int, y: int, width: int, height: int, fill: str) -> None:
    ElementTree.SubElement(
        root, f"{{{_SVG}}}rect",
        {"x": str(x), "y": str(y), "width": str(width), "height": str(height), "fill": fill},
    )  # fmt: skip


def qr_code(address: str, kind: str) -> bytes:
    """The address as a QR code, `svg` or `png`, black on white in the quiet zone of ISO/IEC 18004."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind=kind, scale=8, border=4)
    return out.getvalue()
