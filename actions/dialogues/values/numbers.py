"""Numbers in digits and in words: `1 200`, `2,5`, `3/4`, `dwa tysiące`, `półtora`, `dwa i pół`."""

from __future__ import annotations

import re
from fractions import Fraction

from actions.dialogues.values.words import Found, Tokens, left_over, tokens

_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)
_FORMS = {
    0: "zero zera",
    1: "jeden jedna jedno jednego jednej jednym jedne",
    2: "dwa dwie dwoch dwu dwoje dwom dwiema dwoma",
    3: "trzy trzech troje trzem",
    4: "cztery czterech czworo czterem",
    5: "piec pieciu piecioro",
    6: "szesc szesciu szescioro",
    7: "siedem siedmiu siedmioro",
    8: "osiem osmiu osmioro",
    9: "dziewiec dziewieciu",
    10: "dziesiec dziesieciu",
    11: "jedenascie jedenastu",
    12: "dwanascie dwunastu",
    13: "trzynascie trzynastu",
    14: "czternascie czternastu",
    15: "pietnascie pietnastu",
    16: "szesnascie szesnastu",
    17: "siedemnascie siedemnastu",
    18: "osiemnascie osiemnastu",
    19: "dziewietnascie dziewietnastu",
    20: "dwadziescia dwudziestu",
    30: "trzydziesci trzydziestu",
    40: "czterdziesci czterdziestu",
    50: "piecdziesiat piecdziesieciu",
    60: "szescdziesiat szescdziesieciu",
    70: "siedemdziesiat siedemdziesieciu",
    80: "osiemdziesiat osiemdziesieciu",
    90: "dziewiecdziesiat dziewiecdziesieciu",
    100: "sto stu",
    200: "dwiescie dwustu",
    300: "trzysta trzystu",
    400: "czterysta czterystu",
    500: "piecset pieciuset",
    600: "szescset szesciuset",
    700: "siedemset siedmiuset",
    800: "osiemset osmiuset",
    900: "dziewiecset dziewieciuset",
}
_WORDS = {form: number for number, forms in _FORMS.items() for form in forms.split()}
_PARTS = {"pol": _HALF, "poltora": Fraction(3, 2), "poltorej": Fraction(3, 2), "cwierc": _QUARTER}
_DENOMINATORS = {
    **dict.fromkeys(("druga", "drugie", "drugich", "drugiej"), 2),
    **dict.fromkeys(("trzecia", "trzecie", "trzecich", "trzeciej"), 3),
    **dict.fromkeys(("czwarta", "czwarte", "czwartych", "czwartej"), 4),
    **dict.fromkeys(("piata", "piate", "piatych"), 5),
    **dict.fromkeys(("osma", "osme", "osmych"), 8),
}
_THOUSAND = frozenset("tys tysiac tysiace tysiecy tysiaca tysiacach tysiacami".split())
_MILLION = frozenset("mln milion miliona miliony milionow".split())
_DIGITS = re.compile(r"\d[\d .]*(?:,\d+)?")


def number(text: str) -> Found[Fraction] | None:
    """The only number of a text, None where there is none or several."""
    parts = tokens(text)
    found = numbers_in(parts)
    if len(found) != 1:
        return None
    value, start, end = found[0]
    return Found(value, whole=not left_over(parts[:start] + parts[end:]))


def numbers_in(parts: Tokens) -> list[tuple[Fraction, int, int]]:
    """Every number with the tokens that it takes, `[start, end)`."""
    found = []
    position = 0
    while position < len(parts):
        at = number_at(parts, position)
        if at is None:
            position += 1
            continue
        found.append((at[0], position, at[1]))
        position = at[1]
    return found


def number_at(parts: Tokens, start: int) -> tuple[Fraction, int] | None:
    """The number that begins at a token, and the token after it."""
    total, current, position = Fraction(0), None, start
    last = Fraction(0)
    while position < len(parts):
        word = parts[position]
        scale = _scale(word)
        if scale and (current is not None or (position == start and word.startswith(("tysi", "mili")))):
            total, current, last = total + (1 if current is None else current) * scale, None, Fraction(scale)
            position = _after_dot(parts, position, word)
            continue
        step = _component(parts, position, current, last)
        if step is None:
            break
        value, position = step
        current, last = (value if current is None else current + value), value
    if position == start or (current is None and not total):
        return None
    return total + (current or 0), position


def _scale(word: str) -> int:
    return 1000 if word in _THOUSAND else 1_000_000 if word in _MILLION else 0


def _after_dot(parts: Tokens, position: int, word: str) -> int:
    """Past the dot of an abbreviation."""
    abbreviated = word in ("tys", "mln") and parts[position + 1 : position + 2] == ["."]
    return position + (2 if abbreviated else 1)


def _component(parts: Tokens, position: int, current: Fraction | None, last: Fraction) -> tuple[Fraction, int] | None:
    word = parts[position]
    following = parts[position + 1] if position + 1 < len(parts) else ""
    if current is not None:
        if word == "i" and following in ("pol", "cwierc") and current.denominator == 1:
            return _PARTS[following], position + 2
        if "/" in word and len(word) > 1 and current.denominator == 1:
            return _fraction(word), position + 1
    if current is None and word in _PARTS:
        return _PARTS[word], position + 1
    if current is None and word[0].isdigit():
        value = _fraction(word) if "/" in word else _digits(word)
        return None if last and value >= last else (value, position + 1)
    if word not in _WORDS:
        return None
    value = Fraction(_WORDS[word])
    if current is None and following in _DENOMINATORS and 0 < value < 10:
        return value / _DENOMINATORS[following], position + 2
    return (value, position + 1) if _goes_on(value, current, last) else None


def _goes_on(value: Fraction, current: Fraction | None, last: Fraction) -> bool:
    """Twenty may be followed by five, a hundred by twenty; nothing by what is as large."""
    if current is None:
        return not last or value < last
    if not value:
        return False
    return (last >= 100 and value < 100) or (20 <= last < 100 and value < 10)


def _fraction(word: str) -> Fraction:
    over, under = word.split("/")
    return Fraction(int(over), int(under)) if int(under) else Fraction(0)


def _digits(word: str) -> Fraction:
    """`1 200,50` and `1.200,50` are a thousand and two hundred; `1.5` is one and a half."""
    compact = word.replace(" ", "")
    if "," in compact:
        return Fraction(compact.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", compact):
        compact = compact.replace(".", "")
    return Fraction(compact)
