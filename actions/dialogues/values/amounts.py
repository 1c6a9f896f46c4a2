"""Amounts of money: `4806 zł`, `4 tys. brutto`, `dwa tysiące`, `31,40 zł/h`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from actions.dialogues.values.numbers import numbers_in
from actions.dialogues.values.words import Found, left_over, tokens

_CURRENCY = frozenset("zl zlotych zlote zloty zlotego pln zeta zeciszow".split())
_GROSZE = frozenset("gr grosz grosze groszy".split())
_GROSS = frozenset("brutto brutt".split())
_NET = frozenset("netto reke reki lape".split())
_AROUND = (
    _CURRENCY
    | _GROSS
    | frozenset(
        "miesiecznie miesiac mies msc m c za godzine godz h godzinowo / pensji pensja wynagrodzenia wynagrodzenie "
        "placa placy wyplata wyplaty stawka kwota od do".split()
    )
)


@dataclass(frozen=True)
class Amount:
    """Zloty, to the grosz; `net` where the person said that it is what comes into the hand."""

    zloty: Decimal
    net: bool = False


def amount(text: str) -> Found[Amount] | None:
    """The only amount of a text."""
    parts = tokens(text)
    found = numbers_in(parts)
    grosze = Fraction(0)
    used: set[int] = set()
    if len(found) == 2 and parts[found[1][2] : found[1][2] + 1] and parts[found[1][2]] in _GROSZE:
        grosze = found[1][0] / 100
        used.update(range(found[1][1], found[1][2] + 1))
        found = found[:1]
    if len(found) != 1:
        return None
    value, start, end = found[0]
    used.update(range(start, end))
    rest = [part for position, part in enumerate(parts) if position not in used]
    hundredths = (value + grosze) * 100
    zloty = Decimal(int(hundredths + Fraction(1, 2))).scaleb(-2)
    net = any(part in _NET for part in rest)
    return Found(Amount(zloty, net), whole=not left_over(rest, _AROUND | _NET))
