"""Wording of a job offer that shuts people out, and what to write instead.

Patterns look at folded text (no capitals, no diacritics). They are wide on purpose: a finding explains and proposes,
a person decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from actions import basis
from actions.reasoning import Basis, Step, step
from knowledge_base.content.text import fold


class Ground(Enum):
    AGE = "wiek"
    SEX = "plec"
    APPEARANCE = "wyglad"
    FAMILY = "stan_cywilny_i_rodzina"
    RELIGION = "wyznanie"
    ORIGIN = "narodowosc_i_pochodzenie"
    VIEWS = "poglady_i_zwiazki"
    ORIENTATION = "orientacja"
    DISABILITY = "niepelnosprawnosc"
    PRIVATE_DATA = "dane_ponad_potrzebe"


@dataclass(frozen=True)
class Ban:
    """A ground with the words that show it. `proposal` replaces them; empty where they are best left out."""

    ground: Ground
    pattern: re.Pattern[str]
    rule: Basis
    explanation: str
    proposal: str
    blocking: bool = True


@dataclass(frozen=True)
class Unfair:
    """Words found, as they were written, with why they may not stand and what could stand instead."""

    ground: Ground
    words: str
    step: Step
    proposal: str
    blocking: bool


_NOT_EXPERIENCE = r"(?!\s+(?:doswiadczeni|staz|praktyk|prac|gwarancj|na\ rynku|obecnosci))"
_PEOPLE = r"(?:kobiet|mezczyzn|pani(?:a|e|om)?\b|pan(?:a|ow|owie|om)?\b|dziewczyn|chlopak|chlopc)"
_FOREIGNERS = r"(?:cudzoziem|obcokrajow|ukrain|bialorus|gruzin|romow|cygan|muzulman|zagraniczn)"


def _ban(
    ground: Ground, words: str, rule: Basis, explanation: str, proposal: str = "", *, blocking: bool = True
) -> Ban:
    return Ban(ground, re.compile(words, re.VERBOSE), rule, explanation, proposal, blocking)


BANS: tuple[Ban, ...] = (
    _ban(
        Ground.AGE,
        r"\b(?:silny|silna|silni|silnych)\ i\ mlod\w+ | \bmlod\w+ (?:\ i\ |,\ ?) siln\w+",
        basis.FAIR_OFFER,
        "Wiek nie może decydować o przyjęciu, a siła to nie wiek. Wystarczy napisać, co trzeba robić.",
        "gotowość do dźwigania",
    ),
    _ban(
        Ground.AGE,
        rf"""\b(?:do|max\.?|maks\.?|maksymalnie|ponizej|najwyzej|nie\ wiecej\ niz|przed)\s+[2-6]\d\s*
             (?:lat|roku\ zycia|r\.\ ?z\.|-?tki\b|-?stki\b)\b{_NOT_EXPERIENCE}
           | \bw\ wieku\ (?:(?:do|od|ponizej|powyzej|max\.?|maks\.?|miedzy)\s+)?(?:1[89]|[2-6]\d|produkcyjn\w+)\b
           | \bwiek\w*\s*:?\s*(?:(?:do|od|ponizej|max\.?|maks\.?)\s+)?(?:1[89]|[2-6]\d)\b
           | \b[1-6]\d\s*(?:-|–|do)\s*[2-6]\d\s*lat\b{_NOT_EXPERIENCE}
           | \bmlod\w+\ (?:osob|kobiet|mezczyzn|pracowni|kandydat|czlowiek|ludz|energiczn|dynamiczn)\w*
           | \bosob\w+\ mlod\w+""",
        basis.FAIR_OFFER,
        "Oferta nie może określać wieku. Ważne jest to, co ktoś umie, a nie ile ma lat.",
    ),
    _ban(
        Ground.SEX,
        rf"""\b(?:tylko|wylacznie|jedynie|najlepiej|preferowan\w+|preferujemy|mile\ widzian\w+)\ (?:dla\ )?{_PEOPLE}\w*
           | \b(?:zatrudni\w*|szuka\w*|poszukuj\w*|przyjm\w*|potrzebn\w+)\ (?:mlod\w+\ )?{_PEOPLE}\w*
           | \bplec\b\s*[:\-–]?\s*(?:zensk|mesk|kobiet|mezczyzn)\w*
           | ^(?:pani|pan|kobieta|mezczyzna|dziewczyna|chlopak)\ (?:do|na|z)\b""",
        basis.FAIR_OFFER,
        "Płeć nie może decydować o przyjęciu. Oferta jest dla wszystkich, którzy potrafią wykonać tę pracę.",
        "osoba",
    ),
    _ban(
        Ground.APPEARANCE,
        r"""\baparycj\w* | \batrakcyjn\w+\ (?:wyglad|dziewczyn|kobiet|osob|pani)\w* | \bmil\w+\ powierzchowno\w*
          | \b(?:ladn|zgrabn|przystojn)\w+\ (?:dziewczyn|kobiet|wyglad|osob|buzi|prezencj|mezczyzn|pan)\w*
          | \bszczupl\w+ | \bwzrost\w*\s*(?:od|min\w*\.?|powyzej|co\ najmniej|:)\s*1[,.]?\d\d | \bbez\ tatuazy\b""",
        basis.FAIR_OFFER,
        "Wygląd nie jest umiejętnością. Zamiast niego można opisać, jak ma wyglądać praca z ludźmi.",
        "łatwość kontaktu z ludźmi",
    ),
    _ban(
        Ground.FAMILY,
        r"""\bstan\w*\ (?:cywiln|woln)\w* | \bbezdzietn\w* | \bpann[aey]\b | \bkawaler(?:a|em|ow|owie)?\b
          | \bmezatk\w* | \bzonat\w* | \bbez\ (?:malych\ )?dzieci\b | \bbez\ zobowiazan\ rodzinnych\b
          | \bodchowan\w+\ dzie\w* | \bplan\w*\ (?:rodzinn|macierzynsk)\w* | \bnie\ (?:jest\ )?w\ ciazy\b
          | \b(?:brak|test\w*)\ ciaz\w*""",
        basis.CANDIDATES_DATA,
        "O stan cywilny, dzieci, ciążę i plany rodzinne nie wolno pytać. Można napisać, jakie są godziny pracy.",
        "dyspozycyjność w godzinach podanych w ofercie",
    ),
    _ban(
        Ground.RELIGION,
        r"\b(?:wyznani|wierzac|katolik|katoliczk|chrzescijan|muzulman|ateist|niewierzac)\w*",
        basis.FAIR_OFFER,
        "Wyznanie nie może decydować o przyjęciu, chyba że naprawdę wymaga go rodzaj pracy.",
    ),
    _ban(
        Ground.ORIGIN,
        rf"""\b(?:tylko|wylacznie)\ (?:dla\ )?(?:polak|polek|polk|obywatel\w*\ pol)\w* | \bnarodowosc\w*
           | \bobywatelstw\w+\ polski\w* | \brodowit\w+\ pol\w+ | \bpochodzeni\w+\ (?:polski|etniczn|slowian)\w*
           | \b(?:bez|oprocz|procz)\ {_FOREIGNERS}\w*
           | \bnie\ (?:zatrudniamy|przyjmujemy|dla|szukamy)\ (?:osob\ )?(?:z\ )?{_FOREIGNERS}\w*""",
        basis.FAIR_OFFER,
        "Narodowość i pochodzenie nie mogą decydować o przyjęciu. Można wymagać języka, jeżeli jest potrzebny.",
        "znajomość języka polskiego potrzebna do tej pracy",
    ),
    _ban(
        Ground.VIEWS,
        r"""\bpoglad\w*\ (?:polityczn|prawicow|lewicow|konserwatywn|liberaln)\w* | \bapolityczn\w* | \bbezpartyjn\w*
          | \b(?:nie|bez|brak)\b (?:\W+\w+){0,3}? \W+ zwiazk\w+\ zawodow\w*""",
        basis.FAIR_OFFER,
        "Poglądy i przynależność do związku zawodowego nie mogą decydować o przyjęciu.",
    ),
    _ban(
        Ground.ORIENTATION,
        r"\borientacj\w+\ seksualn\w* | \b(?:hetero|homo)seksual\w*",
        basis.FAIR_OFFER,
        "Orientacja nie może decydować o przyjęciu i nie wolno o nią pytać.",
    ),
    _ban(
        Ground.DISABILITY,
        r"""\b(?:w\ pelni\ )?pelnosprawn\w* | \bw\ pelni\ sprawn\w* | \bbez\ (?:orzecze\w+|niepelnosprawno\w+)
          | \bnie\ (?:dla|zatrudniamy|przyjmujemy)\ (?:osob\ )?(?:z\ )?niepelnosprawn\w* | \bokaz\w*\ zdrowia\b""",
        basis.FAIR_OFFER,
        "Nie wolno z góry wykluczać osób z niepełnosprawnością. Można opisać czynności, które trzeba wykonywać.",
        "gotowość do wykonywania opisanych zadań",
    ),
    _ban(
        Ground.PRIVATE_DATA,
        r"""\b(?:zarobk|wynagrodzen|pensj)\w*\W+ (?:\w+\W+){0,3}? (?:poprzedni|obecn|dotychczasow|ostatni)\w*""",
        basis.CANDIDATES_DATA,
        "O zarobki w obecnej i poprzednich pracach nie wolno pytać od 24 grudnia 2025 r.",
    ),
    _ban(
        Ground.PRIVATE_DATA,
        r"\bpesel\w* | \badres\w*\ zamieszkania\b",
        basis.CANDIDATES_DATA,
        "Numeru PESEL ani adresu kandydat na tym etapie podawać nie musi.",
        blocking=False,
    ),
)


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text with the place in the text that each of its letters comes from: `…` becomes three dots."""
    pieces = [fold(letter) for letter in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


def unfair_words(text: str) -> list[Unfair]:
    """Everything in the text that may shut people out, each stretch of words once."""
    folded, places = _folded(text)
    found: list[Unfair] = []
    taken: list[tuple[int, int]] = []
    for ban in BANS:
        for match in ban.pattern.finditer(folded):
            first, last = match.span()
            if any(first < end and start < last for start, end in taken):
                continue
            taken.append((first, last))
            words = text[places[first] : places[last - 1] + 1]
            found.append(Unfair(ban.ground, words.strip(), step(ban.rule, ban.explanation), ban.proposal, ban.blocking))
    return found


_NEUTRAL_TITLES = {
    "sekretarka": "pracownik / pracowniczka sekretariatu",
    "kelnerka": "kelner / kelnerka",
    "kelner": "kelner / kelnerka",
    "sprzataczka": "osoba sprzątająca",
    "ekspedientka": "sprzedawca / sprzedawczyni",
    "sprzedawca": "sprzedawca / sprzedawczyni",
    "sprzedawczyni": "sprzedawca / sprzedawczyni",
    "hostessa": "osoba do obsługi gości",
    "kasjerka": "kasjer / kasjerka",
    "kasjer": "kasjer / kasjerka",
    "krawcowa": "krawiec / krawcowa",
    "szwaczka": "osoba szyjąca",
    "opiekunka": "opiekun / opiekunka",
    "pielegniarka": "pielęgniarka / pielęgniarz",
    "ksiegowa": "księgowy / księgowa",
    "ksiegowy": "księgowy / księgowa",
    "kucharz": "kucharz / kucharka",
    "kucharka": "kucharz / kucharka",
    "nauczyciel": "nauczyciel / nauczycielka",
    "magazynier": "magazynier / magazynierka",
}
_NEUTRAL_MARK = re.compile(r"/|\bosob|\((?:k|m)\b|\bk\s?/\s?m\b|\bpracownik i pracownic", re.IGNORECASE)


def neutral_title(title: str) -> str | None:
    """A name of the post that points to no sex, or None where this one seems not to."""
    if _NEUTRAL_MARK.search(title):
        return None
    first, _, rest = title.strip().partition(" ")
    known = _NEUTRAL_TITLES.get(fold(first))
    # An adjective would have to agree with the other name.
    if known and not rest.partition(" ")[0].endswith(("a", "e", "i", "y")):
        return f"{known} {rest}".strip()
    return f"{title.strip()} (k/m)"
