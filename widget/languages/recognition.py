"""Which language a visitor writes: Polish unless there are clear signs of another."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN_LETTERS = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN_LETTERS = re.compile(r"[ыэёъЫЭЁЪ]")
_UKRAINIAN = frozenset(
    "як що чи та де коли скільки який яка яке які мене мені мій можна треба потрібно якщо був була вона вони з із й "
    "це для після дякую будь ласка привіт вітаю добрий бувайте побачення допомога допомогу робота роботу роботи "
    "праці хто куди порадь господар ти про жити чорно".split()
)
_RUSSIAN = frozenset(
    "как что или и где когда сколько какой какая какое какие меня мне мой можно нужно надо если есть был была она "
    "они с со это для после спасибо пожалуйста привет здравствуйте добрый пока свидания пособие пособия пособию "
    "работа работу работы труда кто куда ли не из к больше посоветуй хозяин помоги поезд".split()
)
# In both lists or in both languages: no sign of either.
_SHARED = _UKRAINIAN & _RUSSIAN
# Shorter than this, a text without a letter of either language says nothing.
_TELLING_LETTERS = 8
# English words that are no Polish ones, with or without diacritics.
_ENGLISH = frozenset(
    "how what when where which who whom why can could should would must may shall the is are was were been am my "
    "mine have has had does did for from of you your yours i'm i’m i've i’ve don't don’t doesn't doesn’t didn't "
    "isn't can't job jobs work works worked working register registered registering registration unemployed "
    "unemployment benefit benefits leave employer employers employee employees employ employed employing days much "
    "many long get gets want need needs with without if after before about this that these those not any more them "
    "they their she him his her will but there here than some please thank thanks hello hi goodbye bye morning live "
    "money pay paid wage wages salary holiday holidays sick ill illness maternity pregnant pregnancy baby fired "
    "quit resign resigned dismissed person people someone human talk speak company boss because into off notice "
    "hour hours month months monthly week weeks year years through while during until since between against near "
    "cheap good new own first last still also just only very free find found give going know like look make take "
    "tell think try use start started lost refused right rights child children wife husband family doctor insurance "
    "health account papers labour labor office offices traineeship internship course courses grant subsidy contract "
    "contracts period overtime certificate hotline phone number call foreigner foreigners residence abroad travel "
    "country hire another file appeal deadline decision rate lowest vacancies trip form extra connect consultant "
    "rent flat lawyer passport music weather tomorrow money notification citizen telephone temporary amount list "
    "documents complaint recommend tonight kill killing suicide thinking help best goes".split()
)
# English words that are Polish ones too: they count only beside others.
_EITHER = frozenset("i a do to no on as in at by so or we me it an be one go us tax bank online".split())
_POLISH = frozenset(
    "jak czy ile kiedy gdzie co sie nie mam moge na dla po przez jest mi moj za od ze albo lub w z po polsce".split()
)


def language_of(text: str) -> str:
    """Return `pl`, `uk`, `ru` or `en`.

    >>> language_of("Як зареєструватися безробітним?"), language_of("jak sie zarejestrowac")
    ('uk', 'pl')
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return "pl"
    tokens = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower())
    if len(_CYRILLIC.findall(text)) * 2 > len(letters):
        return _cyrillic(text, tokens)
    if any(token in _POLISH for token in tokens):
        return "pl"
    english = sum(token in _ENGLISH for token in tokens)
    either = sum(token in _EITHER for token in tokens)
    return "en" if english and (english + either) * 2 > len(tokens) else "pl"


def _cyrillic(text: str, tokens: list[str]) -> str:
    """Letters that only one of the two has decide; where there are none, frequent words do."""
    ukrainian = 2 * len(_UKRAINIAN_LETTERS.findall(text)) + sum(token in _UKRAINIAN - _SHARED for token in tokens)
    russian = 2 * len(_RUSSIAN_LETTERS.findall(text)) + sum(token in _RUSSIAN - _SHARED for token in tokens)
    if ukrainian == russian:
        # A Ukrainian sentence hardly does without its і.
        return "ru" if not ukrainian and len(_CYRILLIC.findall(text)) >= _TELLING_LETTERS else "uk"
    return "ru" if russian > ukrainian else "uk"
