"""Maternity, parental and paternity leave from the day of birth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, add_months
from actions.reasoning import InputError, Step, step
from zielona import plurals

RULES_SINCE = dt.date(2023, 4, 26)
MATERNITY_WEEKS = {1: 20, 2: 31, 3: 33, 4: 35, 5: 37}
PARENTAL_WEEKS, PARENTAL_WEEKS_MULTIPLE = 41, 43
PARENTAL_WEEKS_ILL, PARENTAL_WEEKS_ILL_MULTIPLE = 65, 67
RESERVED_WEEKS = 9
PATERNITY_WEEKS = 2
MOST_WEEKS_BEFORE_BIRTH = 6
_FATHER_FROM_WEEK = 14
_LAST_YEAR_OF_AGE = 6
_MOST_CHILDREN = 10
_APPLY_PARENTAL, _APPLY_PATERNITY = dt.timedelta(days=21), dt.timedelta(days=7)


@dataclass(frozen=True)
class Leaves:
    """The result. Weeks are whole; days include both ends.

    `father_may_take_over_from` is None where 14 weeks from the birth leave nothing of the maternity leave.
    `parental_one_parent` is what one parent can take at most, as the other's reserved weeks cannot be handed over.
    `parental_from` and `parental_until` are for one parent who goes on straight after the maternity leave;
    `parental_last_day` is the last day on which any part may be taken. `paternity_last_day` is the last day of the
    paternity leave.
    """

    maternity_weeks: int
    maternity_from: dt.date
    maternity_until: dt.date
    father_may_take_over_from: dt.date | None
    parental_weeks: int
    parental_one_parent: int
    parental_from: dt.date
    parental_until: dt.date
    apply_for_parental_by: dt.date
    parental_last_day: dt.date
    paternity_weeks: int
    paternity_last_day: dt.date
    apply_for_paternity_by: dt.date
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]


def parental_leaves(
    birth: dt.date, *, children: int = 1, weeks_before_birth: int = 0, severe_illness: bool = False
) -> Leaves:
    """Reckon the leaves of employed parents. `severe_illness`: a certificate under the act „Za życiem”.

    Raises InputError.
    """
    _check(birth, children, weeks_before_birth)
    multiple = children > 1
    maternity = MATERNITY_WEEKS[min(children, max(MATERNITY_WEEKS))]
    starts = birth - dt.timedelta(weeks=weeks_before_birth)
    ends = starts + dt.timedelta(weeks=maternity) - ONE_DAY
    if severe_illness:
        parental = PARENTAL_WEEKS_ILL_MULTIPLE if multiple else PARENTAL_WEEKS_ILL
    else:
        parental = PARENTAL_WEEKS_MULTIPLE if multiple else PARENTAL_WEEKS
    one_parent = parental - RESERVED_WEEKS
    father = birth + dt.timedelta(weeks=_FATHER_FROM_WEEK)
    parental_from = ends + ONE_DAY
    parental_until = parental_from + dt.timedelta(weeks=one_parent) - ONE_DAY
    parental_last = dt.date(birth.year + _LAST_YEAR_OF_AGE, 12, 31)
    paternity_last = add_months(birth, 12) - ONE_DAY
    paternity_from = paternity_last - dt.timedelta(weeks=PATERNITY_WEEKS) + ONE_DAY
    leaves = Leaves(
        maternity_weeks=maternity,
        maternity_from=starts,
        maternity_until=ends,
        father_may_take_over_from=father if father <= ends else None,
        parental_weeks=parental,
        parental_one_parent=one_parent,
        parental_from=parental_from,
        parental_until=parental_until,
        apply_for_parental_by=parental_from - _APPLY_PARENTAL,
        parental_last_day=parental_last,
        paternity_weeks=PATERNITY_WEEKS,
        paternity_last_day=paternity_last,
        apply_for_paternity_by=paternity_from - _APPLY_PATERNITY,
        steps=(),
        notes=_notes(),
    )
    return _with_steps(leaves, children, weeks_before_birth)


def _check(birth: dt.date, children: int, weeks_before_birth: int) -> None:
    if birth < RULES_SINCE:
        raise InputError("birth", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    if not 1 <= children <= _MOST_CHILDREN:
        raise InputError("children", "Ile dzieci urodziło się w tym porodzie? Proszę podać liczbę od 1.")
    if not 0 <= weeks_before_birth <= MOST_WEEKS_BEFORE_BIRTH:
        raise InputError(
            "weeks_before_birth", f"Przed porodem można wykorzystać od 0 do {MOST_WEEKS_BEFORE_BIRTH} tygodni."
        )


def _with_steps(leaves: Leaves, children: int, weeks_before_birth: int) -> Leaves:
    born = plurals.counted(children, "dziecko", "dzieci", "dzieci")
    before = f", z tego {wording.weeks(weeks_before_birth)} przed porodem" if weeks_before_birth else ""
    steps = (
        step(
            basis.MATERNITY,
            f"Urlop macierzyński na {born} z jednego porodu trwa {wording.weeks(leaves.maternity_weeks)}{before}: od "
            f"{wording.day(leaves.maternity_from)} do {wording.day(leaves.maternity_until)}.",
        ),
        _split_step(leaves.father_may_take_over_from),
        step(
            basis.PARENTAL,
            f"Urlop rodzicielski to razem {wording.weeks(leaves.parental_weeks)}, z czego po {RESERVED_WEEKS} dla "
            "każdego "
            f"rodzica nie da się oddać. Jeden rodzic wykorzysta najwyżej {leaves.parental_one_parent}: zaraz po "
            f"macierzyńskim od {wording.day(leaves.parental_from)} do {wording.day(leaves.parental_until)}.",
        ),
        step(
            basis.PARENTAL_PARTS,
            f"Wniosek składa się co najmniej 21 dni wcześniej, tu do {wording.day(leaves.apply_for_parental_by)}. "
            "Urlop "
            f"można wziąć w najwyżej 5 częściach, ostatnią do {wording.day(leaves.parental_last_day)}.",
        ),
        step(
            basis.PATERNITY,
            f"Urlop ojcowski to {wording.weeks(leaves.paternity_weeks)} do ukończenia przez dziecko 12 miesięcy. "
            "Bezpiecznie "
            f"jest skończyć go do {wording.day(leaves.paternity_last_day)}, a wniosek złożyć co najmniej 7 dni "
            "wcześniej: "
            f"na ostatnie 2 tygodnie do {wording.day(leaves.apply_for_paternity_by)}.",
        ),
    )
    return replace(leaves, steps=steps)


def _split_step(father_from: dt.date | None) -> Step:
    if father_from is None:
        text = f"Po {_FATHER_FROM_WEEK} tygodniach od porodu urlop się kończy, więc ojciec nie ma już czego przejąć."
    else:
        text = f"Po {_FATHER_FROM_WEEK} tygodniach, czyli od {wording.day(father_from)}, resztę może wziąć ojciec."
    return step(basis.MATERNITY_SPLIT, text)


def _notes() -> tuple[Step, ...]:
    return (
        step(
            basis.MATERNITY_HOSPITAL,
            "Po pobycie dziecka w szpitalu może przysługiwać uzupełniający urlop macierzyński: tydzień za tydzień, "
            "do 8 "
            "albo 15 tygodni. Tu go nie doliczono.",
        ),
        step(
            basis.PARENTAL_WORK,
            "Praca na część etatu w czasie urlopu rodzicielskiego wydłuża go proporcjonalnie.",
        ),
        step(
            basis.MATERNITY_PAY,
            "Zasiłek to 100% podstawy za macierzyński i ojcowski, a za rodzicielski 70%. Przy jednym wniosku w ciągu "
            "21 dni "
            "od porodu jest to przez oba 81,5%, z wyjątkiem 9 tygodni drugiego rodzica.",
        ),
    )
