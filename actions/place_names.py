"""Names of places in running Polish text: inflected, without diacritics, shortened, with a slip."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

import ogonki
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge_base.content.text import fold, words
from knowledge_base.language.morphology import Morphology

Named = TypeVar("Named")

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_SENTENCE_END = re.compile(r"[.!?:]\s*$")
# Second parts of names as people shorten them: "Ostrów Wlkp.", "Tomaszów Maz.".
_SHORT = {
    "maz": "mazowieck", "wlkp": "wielkopolsk", "sl": "slask", "podl": "podlask", "lub": "lub", "gd": "gdansk",
    "tryb": "trybunalsk", "pom": "pomorsk", "sw": "swietokrzysk", "swiet": "swietokrzysk", "kuj": "kujawsk",
    "odrz": "odrzansk", "kraj": "krajensk", "warm": "warminsk", "mlp": "malopolsk", "tarn": "tarnowsk",
}  # fmt: skip
# Cases that prepositions of place ask for: "w Pile" is a town, "w piłę" is not.
_CASES = {
    **dict.fromkeys("w we na przy".split(), "loc"),
    **dict.fromkeys("z ze do od kolo obok niedaleko blisko dla k".split(), "gen"),
    "pod": "inst",
}
_NEAR = re.compile(r"(^| )(kolo|obok|blisko|niedaleko|pod|near|okolic\w*)( miasta| miejscowosci)?$")
# What comes before a place, whatever word bears its name; a preposition may stand between.
_PLACE_FOLLOWS = re.compile(
    r"(^| )(urz\w* pracy|pup|mup|up|wup|gup|posredniak\w*|mieszka(m|my|sz|ja|lem|lam|l|la)?|"
    r"zamieszkal[yai]|zameldowan[yai]|gmin\w*|gm|miast[oa]|"
    r"miescie|miejscowosc\w*|wsi|wies|okolic\w*|dzielnic\w*|powia\w+|pow)$"
)
_FILLERS = frozenset(
    "w we z ze do od na kolo pod przy obok k niedaleko blisko near okolice okolicach okolic okolicy okolica miasto "
    "miasta miescie gmina gminie gminy gm miejscowosc miejscowosci wies wsi wioska dzielnica dzielnicy ja jestem mam "
    "mieszkam mieszka mieszkamy zameldowany zameldowana powiat powiatu powiecie to jest gdzie szukam urzad urzedu "
    "urzedzie pracy pup mup up wup gup posredniak posredniaka posredniaku adres telefon prosze tak dla i a".split()
)
# Countries: Germany is no village near Lublin, Italy no part of Warsaw.
_NO_PLACES = frozenset("polska polski polsce polske niemcy niemiec niemczech niemcami wlochy wloch wloszech".split())
_OWN_NAME = ("zielon", "lini")
_GENERIC = frozenset("miasto wies".split())
_SLIPS_FROM = 5
_TWO_SLIPS_FROM = 9
_FEW = 3
_ADJECTIVE = ("ski", "cki", "dzki", "zki")


@dataclass(frozen=True)
class Token:
    """A word of the text, folded, with what is known of it; `common` words mean other things than places too.

    `capital` is a capital inside a sentence, `initial` one at its start.
    """

    text: str
    folded: str
    capital: bool
    initial: bool
    common: bool


@dataclass(frozen=True)
class Span(Generic[Named]):
    """Tokens `start` to `end` (exclusive) name one of `exact`, or begin the name of one of `longer`.

    `near` is set after "koło", "w okolicach" and the like, `slip` where a letter had to be repaired.
    """

    start: int
    end: int
    exact: tuple[Named, ...]
    longer: tuple[Named, ...]
    near: bool = False
    slip: bool = False


@dataclass(frozen=True)
class _Text:
    """The tokens with the words of names that each may be (True: after a repair), and positions that say nothing."""

    tokens: Sequence[Token]
    candidates: Sequence[Mapping[str, bool]]
    used: set[int]
    silent: set[int]

    def before(self, position: int) -> str:
        return " ".join(token.folded for token in self.tokens[max(0, position - 4) : position])

    def alone(self, start: int, end: int) -> bool:
        """Tell whether nothing else in the text has a meaning of its own."""
        return self.silent >= set(range(len(self.tokens))) - set(range(start, end))


@dataclass
class _Node(Generic[Named]):
    """A word of names: what ends here, and which words may follow."""

    ends: list[Named] = field(default_factory=list)
    next: dict[str, _Node[Named]] = field(default_factory=dict)

    def below(self) -> Iterator[Named]:
        for node in self.next.values():
            yield from node.ends
            yield from node.below()


class PlaceNames(Generic[Named]):
    """An index of names that finds them in text, whatever their case and spelling.

    `strict` asks for a sign that a common word ("piła", "środa") is meant as a name; for a `well_known` thing a
    preposition with its case is sign enough ("w pile").
    """

    def __init__(
        self,
        named: Iterable[tuple[str, Named]],
        morphology: Morphology,
        *,
        strict: bool = True,
        well_known: Callable[[Named], bool] = lambda thing: False,
    ) -> None:
        self._morphology = morphology
        self._strict = strict
        self._well_known = well_known
        self._root: _Node[Named] = _Node()
        # By folded form: words that have it as names of their own, with cases; words that have it as parts of names.
        self._own: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._part: dict[str, set[str]] = defaultdict(set)
        self._added: set[str] = set()
        self._common: set[str] = set()
        self._adjectives: set[str] = set()
        for name, thing in named:
            node = self._root
            for word in words(name):
                self._add(word)
                node = node.next.setdefault(fold(word), _Node())
            node.ends.append(thing)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for form in self._part:
            self._by_length[len(form)].append(form)
        self._generic = {form for form, of in self._part.items() if of & _GENERIC}

    def _add(self, word: str) -> None:
        if word.lower() in self._added:
            return
        # By spelling, for "Wisła" and the "Wisłą" of "Dobrzyń nad Wisłą" are folded alike.
        self._added.add(word.lower())
        folded = fold(word)
        own, part = inflected(word, self._morphology)
        for form, cases in own.items():
            self._own[fold(form)][folded] |= cases
        for form in {*own, *part}:
            self._part[fold(form)].add(folded)
            if self._morphology.common(form):
                self._common.add(fold(form))
        if any(word_class == "adj" for _, word_class in self._morphology.readings(word.lower())):
            self._adjectives.add(folded)

    def tokens(self, text: str) -> list[Token]:
        """The words of the text; a capital counts only inside a sentence that is not all capitals."""
        shouted = text.isupper()
        found = []
        for match in _TOKEN.finditer(text):
            word, folded = match.group(), fold(match.group())
            upper, starts = word[:1].isupper() and not shouted, _starts(text, match.start())
            common = folded in self._common or self._morphology.common(word.lower())
            found.append(Token(word, folded, upper and not starts, upper and starts, common))
        return found

    def find(
        self, tokens: Sequence[Token], *, taken: Iterable[int] = (), beside: Iterable[int] = (), slips: bool = False
    ) -> list[Span[Named]]:
        """The names in the text, longest first at each word.

        `taken` words belong to something else; `beside` are words that only narrow a name, such as a voivodeship.
        With `slips`, only words that are no Polish words are repaired.
        """
        used = set(taken) | {
            position
            for position in range(len(tokens))
            if _names_the_hotline(tokens, position) or self._is_kolo_the_preposition(tokens, position)
        }
        silent = used | set(beside) | {n for n, token in enumerate(tokens) if token.folded in _FILLERS}
        text = _Text(tokens, [self._candidates(token, slips) for token in tokens], used, silent)
        spans: list[Span[Named]] = []
        position = 0
        while position < len(tokens):
            span = self._longest(text, position)
            if span:
                spans.append(span)
            position = span.end if span else position + 1
        return spans

    def _is_kolo_the_preposition(self, tokens: Sequence[Token], position: int) -> bool:
        """Tell "koło Piaseczna" from the town Koło."""
        following = tokens[position + 1].folded if position + 1 < len(tokens) else ""
        return tokens[position].folded == "kolo" and following in self._part

    def _candidates(self, token: Token, slips: bool) -> Mapping[str, bool]:
        found = dict.fromkeys(self._part.get(token.folded, ()), False)
        if found or not slips or len(token.folded) < _SLIPS_FROM or token.folded in _FILLERS or self._is_word(token):
            return found
        limit = 2 if len(token.folded) >= _TWO_SLIPS_FROM else 1
        sizes = range(len(token.folded) - limit, len(token.folded) + limit + 1)
        # The first letter is rarely wrong.
        pool = [form for size in sizes for form in self._by_length.get(size, ()) if form[0] == token.folded[0]]
        near = process.extract(token.folded, pool, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=20)
        best = min((distance for _, distance, _ in near), default=0)
        return {word: True for form, distance, _ in near if distance == best for word in self._part[form]}

    def _is_word(self, token: Token) -> bool:
        """Tell whether it is Polish as it stands or without its diacritics: "sobote" is no slip for Sobótka."""
        word = token.text.lower()
        return self._morphology.known(word) or (word.isascii() and self._morphology.known(_restored(word)))

    def _longest(self, text: _Text, start: int) -> Span[Named] | None:
        reached = [(self._root, "", False)]
        best: Span[Named] | None = None
        for end in range(start + 1, len(text.tokens) + 1):
            if end - 1 in text.used:
                break
            reached = [
                (node.next[word], word, slip or repaired)
                for node, _, slip in reached
                for word, repaired in _following(node, text, end - 1, first=end == start + 1)
            ]
            if not reached:
                break
            best = self._span(text, start, end, reached) or best
        return best

    def _span(
        self, text: _Text, start: int, end: int, reached: Sequence[tuple[_Node[Named], str, bool]]
    ) -> Span[Named] | None:
        single = end == start + 1
        slip = all(repaired for *_, repaired in reached)
        alone = text.alone(start, end)
        exact: list[Named] = []
        longer: list[Named] = []
        for node, word, repaired in reached:
            own = not single or repaired or word in self._own.get(text.tokens[start].folded, ())
            if own:
                exact += node.ends
            below = list(node.below())
            # "Nowy" begins dozens of names and is none; "Biała" is a name too; "Zielona" can only be Zielona Góra.
            if not single or word not in self._adjectives or (own and node.ends) or (alone and len(below) <= _FEW):
                longer += below
        if not (exact or longer) or not self._believed(text, start, end, exact, slip=slip, alone=alone):
            return None
        near = bool(_NEAR.search(text.before(start)))
        return Span(start, end, tuple(exact), tuple(longer), near=near, slip=slip)

    def _believed(self, text: _Text, start: int, end: int, exact: Sequence[Named], *, slip: bool, alone: bool) -> bool:
        """Tell whether the words are meant as a name: many are words of everyday Polish as well."""
        here = text.tokens[start:end]
        if not self._strict:
            return True
        by_a_river = text.before(start).rpartition(" ")[2] == "nad"
        if len(here) == 1 and (by_a_river or here[0].folded in _NO_PLACES):
            return False
        capital = any(token.capital for token in here)
        if slip:
            return alone or capital or _place_follows(text.before(start))
        if capital or not all(token.common for token in here):
            return True
        if len(here) > 1:
            return alone or here[-1].folded not in self._generic
        return self._everyday_word_believed(here[0], text.before(start), exact, alone=alone)

    def _everyday_word_believed(self, token: Token, before: str, exact: Sequence[Named], *, alone: bool) -> bool:
        """ "W łodzi" is an answer to "where", "do łapy" is not: the case is another one than that of Łapy."""
        preposition = before.rpartition(" ")[2]
        cases: set[str] = set().union(*self._own.get(token.folded, {}).values())
        if preposition in _CASES and _CASES[preposition] not in cases:
            return False
        if alone:
            return True
        if not exact or self._part[token.folded] <= self._adjectives:
            return False
        if _place_follows(before):
            return True
        known = any(self._well_known(thing) for thing in exact)
        if token.initial and "nom" in cases:
            # "Łódź, telefon do urzędu"
            return known
        # "Z tych" is from these, not from Tychy.
        pronoun = any(word_class == "adj" for _, word_class in self._morphology.readings(token.text.lower()))
        return preposition in _CASES and not pronoun and known


def _place_follows(before: str) -> bool:
    """Tell whether the words before lead up to a place, with or without a preposition: "urząd pracy (w)"."""
    lead, _, last = before.rpartition(" ")
    return bool(_PLACE_FOLLOWS.search(before) or (last in _CASES and _PLACE_FOLLOWS.search(lead)))


def _starts(text: str, position: int) -> bool:
    before = text[:position]
    return not before.strip() or bool(_SENTENCE_END.search(before))


@lru_cache(maxsize=10_000)
def _restored(word: str) -> str:
    """The word with its likeliest diacritics; a whole sentence at once may take the library a second."""
    return str(ogonki.restore(word)).lower()


def _following(node: _Node[Named], text: _Text, position: int, *, first: bool) -> Iterator[tuple[str, bool]]:
    candidates = text.candidates[position]
    yield from ((word, slip) for word, slip in candidates.items() if word in node.next)
    start = _SHORT.get(text.tokens[position].folded)
    # "Opole lub Lublin" is no Opole Lubelskie.
    if start and not first and (start != "lub" or position == len(text.tokens) - 1):
        yield from ((word, False) for word in node.next if word.startswith(start) and word not in candidates)


def _names_the_hotline(tokens: Sequence[Token], position: int) -> bool:
    """„Zielona Linia” is who we are, neither Zielona Góra nor the village Linia."""
    here, before = tokens[position].folded, tokens[position - 1].folded if position else ""
    after = tokens[position + 1].folded if position + 1 < len(tokens) else ""
    return (before.startswith(_OWN_NAME[0]) and here.startswith(_OWN_NAME[1])) or (
        here.startswith(_OWN_NAME[0]) and after.startswith(_OWN_NAME[1])
    )


def inflected(word: str, morphology: Morphology) -> tuple[dict[str, set[str]], set[str]]:
    """Forms of a name's word: as a name of its own, with cases; and as a part of a longer name.

    >>> inflected("Łomża", Morphology())[0]["łomżą"]
    {'inst'}
    """
    lower = word.lower()
    own = _agreeing(morphology.paradigm(word[:1].upper() + word[1:]), lower)
    part: dict[str, set[str]] = {}
    for lemma in morphology.lemmas(lower):
        for spelling in dict.fromkeys((lemma, lemma.capitalize())):
            part.update(_agreeing(morphology.paradigm(spelling), lower))
    if word == lower and word.endswith(_ADJECTIVE):
        # Counties' adjectives, also those that are no words otherwise: "piski".
        part.update({lower + ending: {case} for ending, case in (("m", "loc"), ("ego", "gen"), ("emu", "dat"))})
        own.update(part)
    own = own or part
    own.setdefault(lower, set()).add("nom")
    return own, set(part)


def _agreeing(paradigm: Sequence[tuple[str, str]], nominative: str) -> dict[str, set[str]]:
    """Forms, with cases, of the number and gender in which `nominative` is the nominative; no comparatives."""
    tags = [(form, tag.split(":")) for form, tag in paradigm]
    nouns = [
        (form, tag) for form, tag in tags if tag[0] in ("subst", "adj") and len(tag) > 3 and tag[-1] not in _DEGREES
    ]
    patterns = [tag for form, tag in nouns if form == nominative and "nom" in tag[2].split(".")]
    found: dict[str, set[str]] = defaultdict(set)
    for form, tag in nouns:
        for pattern in patterns:
            same_gender = set(tag[3].split(".")) & set(pattern[3].split("."))
            if tag[0] == pattern[0] and tag[1] == pattern[1] and same_gender and form.isalpha():
                found[form] |= set(tag[2].split("."))
    return dict(found)


_DEGREES = ("com", "sup")
