"""What a person may say at any question instead of an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from knowledge_base.content.text import fold, words


class Command(Enum):
    BACK = "cofnij"
    RESTART = "od_nowa"
    UNKNOWN = "nie_wiem"
    CANCEL = "przerwij"
    WHY = "dlaczego"
    HELP = "pomoc"
    SUMMARY = "podsumowanie"
    CONTINUE = "kontynuuj"


_PATTERNS = {
    Command.BACK: r"(?:prosze )?(?:cofnij|wroc|wstecz|poprzednie|powrot)(?: sie| mnie)?(?: o jedno| do)?"
    r"(?: poprzedni\w+)?(?: pytani\w+)?",
    Command.RESTART: r"(?:(?:zacznij|zaczynam|zacznijmy|chce zaczac|jeszcze raz)(?: wszystko)? )?"
    r"(?:od nowa|od poczatku)|reset|resetuj|restart|jeszcze raz",
    Command.UNKNOWN: r"(?:hm+ |no |ja |tego |a |ale )*(?:nie ?wiem|nie mam pojecia|nie pamietam|nie jestem pew\w+|"
    r"nie znam|nwm|(?:trudno|ciezko)(?: mi)? powiedziec|pomin|pomijam|brak danych|nie orientuje sie|bez znaczenia|"
    r"skad mam wiedziec|nie potrafie powiedziec)"
    r"(?: tego| dokladnie| niestety| teraz| to| na pewno| jeszcze| ile| kiedy| jaki| jaka)*",
    Command.CANCEL: r"(?:prosze )?(?:anuluj|przerwij|przerywam|stop|koniec|zakoncz|zakonczmy|rezygnuje|wyjdz|wyjscie|"
    r"dosc|przestan|zostaw to|nie chce(?: juz)?(?: dalej)?|daj spokoj|konczymy)"
    r"(?: to| juz| dialog| rozmowe| formularz| pytania| ankiete)*",
    Command.WHY: r"(?:a |ale )?(?:dlaczego|czemu|po co|na co|w jakim celu)(?: mnie| wam| ci| sie)?(?: o)?"
    r"(?: to| ta| te| ten| taki\w*)?(?: pyta\w+| pytani\w+| informacj\w+| potrzebn\w+| wazne| wiedziec| wiedza)*"
    r"(?: wam| ci| o to)*",
    Command.HELP: r"(?:pomoc|pomocy|pomoz|help|nie rozumiem(?: pytania| tego| o co chodzi)*|co mam (?:wpisac|napisac)|"
    r"jak (?:mam )?odpowiedziec|o co chodzi)",
    Command.SUMMARY: r"(?:podsumowanie|podsumuj|co juz (?:wiesz|wiadomo|podalem|podalam)|pokaz (?:moje )?odpowiedzi|"
    r"moje odpowiedzi)",
    Command.CONTINUE: r"(?:kontynuuj|kontynuujmy|dalej|wznow|chce dokonczyc|dokonczmy)",
}
_COMPILED = {command: re.compile(pattern) for command, pattern in _PATTERNS.items()}
_ASKING = re.compile(
    r"^(?:a |i |ale )?"
    r"(?:czy|ile|jak|jaki(?!s|es)\w*|jaka|kiedy|gdzie|co|kto|komu|ktor\w+|dlaczego|czemu|skad|dokad|po co|o co)\b"
)
_WISHING = re.compile(
    r"\b(?:(?:o|pod|od)?powiedz\w*|wyjasni\w*|wytlumacz\w*|podaj\w*|poda(?:c|sz)|pokaz\w*|napisz\w*|wiedziec|"
    r"dowiedziec|informac\w+|interesuje|pytanie|pytam|zapytac|rozumiem)\b"
)
_CORRECTING = re.compile(
    r"^(?:(?:nie|ups|oj|sorry|przepraszam|zaraz|stop)[ ,.:-]+)?"
    r"(?:jednak|pomylka|pomylil\w+ sie|zle (?:napisal\w+|wpisal\w+|podal\w+)|poprawka|poprawiam|popraw|sprostowanie|"
    r"zmien|zmieniam|chce (?:zmienic|poprawic)|mialo byc|powinno byc|chodzilo mi o|wroc do pytania o)\b[ ,.:-]*"
)
_NEGATED = re.compile(r"^(?:nie|ups|oj|przepraszam)[ ,.:-]+(?=.*\d)")


@dataclass(frozen=True)
class Correction:
    """A wish to change an earlier answer: `rest` is what follows, with the name of the answer and the value."""

    rest: str


def command(text: str) -> Command | None:
    """The command that the whole text is, None where it is something else."""
    said = " ".join(words(fold(text)))
    for name, pattern in _COMPILED.items():
        if pattern.fullmatch(said):
            return name
    if re.match(r"(?:nie ?wiem|nie pamietam)\b", said) and not re.search(r"\d", said) and len(said.split()) <= 4:
        return Command.UNKNOWN
    return None


def correction(text: str) -> Correction | None:
    """`jednak 10 lat`, `zmień wiek na 45`, `pomyłka, miało być 3/4`; None where nothing is corrected."""
    folded = fold(text).strip()
    if len(folded) != len(text.strip()):
        return None
    rest, found = text.strip(), False
    while match := _CORRECTING.match(fold(rest)):
        rest, found = rest[match.end() :], True
    if not found and (match := _NEGATED.match(folded)):
        rest, found = rest[match.end() :], True
    return Correction(rest.strip()) if found else None


def asks(text: str) -> bool:
    """Tell whether a text is put as a question."""
    return text.rstrip().endswith("?") or bool(_ASKING.match(fold(text).strip()))


def wants_to_know(text: str) -> bool:
    """Tell whether a text asks, or says that one would like to know ("opowiedz o dokumentach")."""
    return asks(text) or bool(_WISHING.search(fold(text)))
