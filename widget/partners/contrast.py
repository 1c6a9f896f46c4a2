"""Contrast of two colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""

from __future__ import annotations

import re

TEXT_RATIO = 4.5
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def is_colour(value: object) -> bool:
    """Tell whether the value is a colour such as `#1b6b3a`."""
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black and 1 for white."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
