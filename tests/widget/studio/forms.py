"""What a page's form would send, as a browser would."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode


def fields(html: str, selector: str) -> dict[str, Any]:
    """Values by name; buttons and what is not ticked are left out."""
    form = LexborHTMLParser(html).css_first(selector)
    assert form, selector
    sent: dict[str, Any] = {}
    for node in form.css("input, textarea, select"):
        name = node.attributes.get("name") or ""
        if node.attributes.get("type") == "checkbox" and "checked" not in node.attributes:
            continue
        sent.setdefault(name, []).append(_value(node))
    sent.pop("csrf_token")
    return sent


def _value(node: LexborNode) -> str:
    if node.tag == "select":
        chosen = node.css_first("option[selected]")
        return (chosen.attributes.get("value") if chosen else "") or ""
    return node.text() if node.tag == "textarea" else node.attributes.get("value") or ""


def version_of(html: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', html)
    assert found
    return found[1]
