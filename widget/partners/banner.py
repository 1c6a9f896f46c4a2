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
_DETAILS = "Urząd pracy, zasiłek, umowa, urlop"
_HALVES = ("Urząd pracy, zasiłek,", "umowa, urlop")
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
    titles, details = _rows(width, height)
    margin = min(width, height) * 0.12
    room = (height - 2 * margin) / (len(titles) + len(details))
    largest = min(room * 0.8, height * 0.22)
    baseline = margin + room * 0.7
    for texts, share, weight in ((titles, 1.0, "bold"), (details, 0.8, "normal")):
        # One size for all lines of a kind: the size in which the longest fits.
        longest = max(len(text) for text in texts)
        font = min(largest, (width - 2 * margin) / (longest * _LETTER)) * share
        for text in texts:
            node = ElementTree.SubElement(
                root, f"{{{_SVG}}}text",
                {"x": f"{width / 2:g}", "y": f"{baseline:.1f}", "text-anchor": "middle", "font-weight": weight,
                 "font-family": "Arial, Helvetica, sans-serif", "font-size": f"{font:.1f}", "fill": theme.on_brand},
            )  # fmt: skip
            node.text = text
            baseline += room
    return ElementTree.tostring(root, encoding="unicode")


def _rows(width: int, height: int) -> tuple[list[str], list[str]]:
    """Lines of the title and of the details, as the shape allows."""
    if width > 4 * height:
        return [_TITLE], [_DETAILS]
    if width < 200:
        return _TITLE.split(), ["Urząd pracy,", *_DETAILS.removeprefix("Urząd pracy, ").split()]
    return [_TITLE], list(_HALVES)


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
