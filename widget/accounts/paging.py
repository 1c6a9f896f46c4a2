"""Pages of long lists, for the macro `pagination`."""

from __future__ import annotations

from dataclasses import dataclass

_LAST_POSSIBLE = 100_000


@dataclass(frozen=True)
class Page:
    """Page `number` (from 1) of a list of `count` things, `size` a page."""

    number: int
    size: int
    count: int

    @property
    def last(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def first_item(self) -> int:
        return (self.number - 1) * self.size + 1 if self.count else 0

    @property
    def last_item(self) -> int:
        return min(self.number * self.size, self.count)

    @property
    def has_items(self) -> bool:
        return self.first_item <= self.last_item


def page_number(text: str | None) -> int:
    """The page that an address asks for; the first for nonsense."""
    if text and text.isascii() and text.isdigit():
        return min(max(1, int(text[:9])), _LAST_POSSIBLE)
    return 1
