"""The conditions of the status of unemployed (art. 2 pkt 1 and art. 1 ust. 3), one function each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, add_months
from actions.calculators.pay import amount_on
from actions.cases.person import ADULT_AGE, Business, Income, Person, Stay, Study, Work
from actions.reasoning import Basis, Step, step
from knowledge_base.content.amounts import Amounts


@dataclass(frozen=True)
class Obstacle:
    """A reason against; `until` is the last day on which it stands, None where that is not known."""

    step: Step
    until: dt.date | None = None


@dataclass
class Findings:
    """What the rules found so far."""

    person: Person
    day: dt.date
    amounts: Amounts
    obstacles: list[Obstacle] = field(default_factory=list)
    open: list[Step] = field(default_factory=list)
    fine: list[Step] = field(default_factory=list)

    def against(self, rule: Basis, text: str, until: dt.date | None = None) -> None:
        self.obstacles.append(Obstacle(step(rule, text), until))

    def ask(self, rule: Basis, text: str) -> None:
        self.open.append(step(rule, text))

    def allow(self, rule: Basis, text: str, *, sure: bool = True) -> None:
        self.fine.append(step(rule, text, sure=sure))


def findings_of(person: Person, *, day: dt.date, amounts: Amounts) -> Findings:
    """Put the person through every rule."""
    found = Findings(person, day, amounts)
    for rule in _RULES:
        rule(found)
    return found


def _age(found: Findings) -> None:
    person = found.person
    adult_on, too_old_on = (add_months(person.birth, 12 * age) for age in (ADULT_AGE, person.upper_age))
    text = "Bezrobotnym można być od ukończenia 18 lat do ukończenia 60 lat przez kobietę albo 65 lat przez mężczyznę"
    if found.day < adult_on:
        found.against(basis.AGE, f"{text}, a 18 lat mija {wording.day(adult_on)}.", adult_on - ONE_DAY)
    elif found.day >= too_old_on:
        found.against(basis.AGE, f"{text}, a ten wiek minął {wording.day(too_old_on)}.")
    else:
        found.allow(basis.AGE, f"Wiek się zgadza. {text}.")


def _work(found: Findings) -> None:
    person = found.person
    if person.work is None:
        found.ask(basis.UNEMPLOYED, "Czy trwa jeszcze umowa o pracę, zlecenie albo umowa o dzieło?")
        return
    ended = person.work is Work.NONE if person.work_ends is None else person.work_ends < found.day
    if ended:
        found.allow(basis.FIRST_DAY, "Rejestracja jest możliwa, bo umowa już się skończyła albo jej nie ma.")
        return
    until = person.work_ends
    when = f" Najwcześniej można to zrobić {wording.day(until + ONE_DAY)}." if until else ""
    if person.work is Work.CIVIL_CONTRACT:
        text = f"Trwające zlecenie lub umowa o dzieło to praca, nawet na jeden dzień, i wyklucza status.{when}"
        found.against(basis.OTHER_PAID_WORK, text, until)
    elif person.work is Work.UNPAID_OR_CHILDCARE_LEAVE:
        text = f"W czasie urlopu bezpłatnego lub wychowawczego umowa nadal trwa, więc nie jest się bezrobotnym.{when}"
        found.against(basis.ON_LEAVE, text, until)
    else:
        text = f"Dopóki umowa trwa, także w okresie wypowiedzenia i na część etatu, nie jest się bezrobotnym.{when}"
        found.against(basis.FIRST_DAY, text, until)


def _study(found: Findings) -> None:
    study = found.person.study
    if study is None:
        found.ask(
            basis.SCHOOL, "W jakiej szkole lub na jakich studiach trwa nauka? Dzienne wykluczają status, zaoczne nie."
        )
    elif study is Study.FULL_TIME_STUDIES:
        found.against(basis.STUDENT, "Studia stacjonarne (dzienne) wykluczają status bezrobotnego.")
    elif study is Study.DAY_SCHOOL:
        found.against(basis.SCHOOL, "Nauka w dziennej szkole dla młodzieży wyklucza status bezrobotnego.")
    elif study is Study.PART_TIME_STUDIES:
        found.allow(basis.STUDENT, "Studia niestacjonarne (zaoczne) nie przeszkadzają.")
    elif study is Study.ADULT_OR_POST_SECONDARY:
        text = "Szkoła dla dorosłych, policealna i branżowa II stopnia nie przeszkadzają."
        found.allow(basis.SCHOOL, text)


def _business(found: Findings) -> None:
    person = found.person
    if person.business is None:
        found.ask(basis.UNEMPLOYED, "Czy w CEIDG jest czynna firma? Zawieszona nie przeszkadza.")
    elif person.business is Business.ACTIVE:
        found.against(
            basis.UNEMPLOYED, "Czynna firma w CEIDG wyklucza status. Najpierw trzeba ją zawiesić lub wykreślić."
        )
    elif person.business is Business.SUSPENDED:
        found.allow(basis.SUSPENDED_BUSINESS, "Zawieszona działalność nie przeszkadza, dopóki zawieszenie trwa.")
    elif person.business is Business.STARTS_LATER and person.business_starts is not None:
        start = wording.day(person.business_starts)
        if person.business_starts <= found.day:
            found.against(basis.FUTURE_BUSINESS, f"Firma działa od {start}, a czynna firma wyklucza status.")
        else:
            found.allow(basis.FUTURE_BUSINESS, f"Do {start}, czyli do startu firmy, można być bezrobotnym.")


def _board_and_farm(found: Findings) -> None:
    person = found.person
    if person.company_board is None:
        found.ask(basis.UNEMPLOYED, "Czy ta osoba jest w zarządzie lub radzie nadzorczej spółki? To wyklucza status.")
    elif person.company_board:
        text = "Zasiadanie w zarządzie lub radzie nadzorczej spółki z o.o. albo akcyjnej wyklucza status."
        found.against(basis.UNEMPLOYED, text)
    if person.farm or person.farm is None:
        found.allow(basis.FARM, "Gospodarstwo rolne nie przeszkadza, bez względu na liczbę hektarów.")


def _income(found: Findings) -> None:
    person = found.person
    if person.income is Income.NONE:
        return
    if person.income is None:
        found.ask(basis.STEADY_INCOME, "Czy jest emerytura, renta, zasiłek z ZUS albo inny stały przychód?")
        return
    if person.income_ends is not None and person.income_ends < found.day:
        found.allow(basis.STEADY_INCOME, f"Świadczenie skończyło się {wording.day(person.income_ends)}.")
        return
    if person.income in (Income.SURVIVORS_PENSION, Income.OTHER):
        _limited_income(found)
    elif person.income is Income.PERMANENT_AID:
        found.against(basis.UNEMPLOYED, "Zasiłek stały z pomocy społecznej wyklucza status.", person.income_ends)
    else:
        text = f"{_INCOME_NAMES[person.income]} to stałe źródło dochodu, a ono wyklucza status bezrobotnego."
        found.against(basis.STEADY_INCOME, text, person.income_ends)


def _limited_income(found: Findings) -> None:
    """A survivor's pension and other taxed income stand in the way only above half of the minimum wage."""
    person = found.person
    half = amount_on(found.amounts, "polowa_minimalnego_wynagrodzenia", found.day)
    what = "Renta rodzinna" if person.income is Income.SURVIVORS_PENSION else "Inny przychód"
    if person.income_monthly is None:
        found.ask(basis.STEADY_INCOME, f"Ile wynosi miesięcznie? {what} powyżej {half.text} wyklucza status.")
    elif person.income_monthly > half.value:
        text = f"{what} przekracza połowę minimalnego wynagrodzenia ({half.text} miesięcznie) i wyklucza status."
        found.against(basis.STEADY_INCOME, text, person.income_ends)
    else:
        found.allow(basis.STEADY_INCOME, f"{what} nie przekracza {half.text} miesięcznie, więc nie przeszkadza.")


def _readiness(found: Findings) -> None:
    person = found.person
    if person.in_prison is None:
        found.ask(
            basis.PRISON, "Czy ta osoba jest w areszcie lub zakładzie karnym? Dozór elektroniczny nie przeszkadza."
        )
    elif person.in_prison:
        found.against(basis.PRISON, "W areszcie i w zakładzie karnym nie można być bezrobotnym.")
    part = "co najmniej pół etatu" if person.disability else "pełny etat"
    if person.ready_to_work is None:
        found.ask(basis.READINESS, f"Czy praca na {part} mogłaby się zacząć od zaraz?")
    elif not person.ready_to_work:
        found.against(basis.READINESS, f"Bezrobotny musi móc i chcieć od zaraz podjąć pracę na {part}.")
    elif person.disability:
        found.allow(basis.DISABILITY_HALF_TIME, "Przy niepełnosprawności wystarcza gotowość do pracy na pół etatu.")


def _stay(found: Findings) -> None:
    stay = found.person.stay
    if stay is None:
        found.ask(basis.FOREIGNERS_COVERED, "Jakie jest obywatelstwo, a u cudzoziemca tytuł pobytu w Polsce?")
    elif stay is Stay.EU:
        found.allow(basis.EU_CITIZENS, "Obywatele państw UE, EOG i Szwajcarii rejestrują się tak samo jak Polacy.")
    elif stay is Stay.UK_AGREEMENT:
        text = "Brytyjczycy chronieni umową o wystąpieniu z Unii rejestrują się na zwykłych zasadach."
        found.allow(basis.BRITISH_CITIZENS, text)
    elif stay in (Stay.PERMANENT, Stay.PROTECTED, Stay.TEMPORARY_PROTECTION):
        found.allow(basis.FOREIGNERS_COVERED, "Z tym tytułem pobytu rejestruje się na takich warunkach jak Polacy.")
        if stay is Stay.TEMPORARY_PROTECTION:
            found.allow(basis.UKRAINIANS_COVERED, "Urząd sprawdzi, czy ochrona czasowa nadal trwa.")
    elif stay is Stay.TEMPORARY_WITH_WORK:
        text = "Pobyt czasowy i praca oraz wiza w celu pracy są objęte ustawą; urząd sprawdzi, czy tytuł nadal trwa."
        found.allow(basis.FOREIGNERS_COVERED, text, sure=False)
    elif stay in (Stay.STUDY, Stay.SEASONAL):
        text = "Wiza lub pobyt dla studiów oraz praca sezonowa nie dają statusu bezrobotnego."
        found.against(basis.FOREIGNERS_COVERED, text)
    elif stay is Stay.OTHER:
        found.against(basis.FOREIGNERS_COVERED, "Ten tytuł pobytu nie jest na liście osób, które obejmuje ustawa.")


def _place(found: Findings) -> None:
    person = found.person
    if person.lives_in_poland is None:
        found.ask(basis.OFFICE, "Czy miejsce zamieszkania jest w Polsce? Od niego zależy urząd.")
    elif not person.lives_in_poland:
        found.against(basis.OFFICE, "Rejestruje urząd właściwy dla miejsca zamieszkania w Polsce, a tu go nie ma.")
    if person.registered_elsewhere is None:
        found.ask(basis.ONE_OFFICE, "Czy jest już rejestracja w innym urzędzie? Można być tylko w jednym.")
    elif person.registered_elsewhere:
        text = "Można mieć jeden status w jednym urzędzie. Przy przeprowadzce zawiadamia się dotychczasowy urząd."
        found.against(basis.ONE_OFFICE, text)
    if person.blocked_until is not None and person.blocked_until >= found.day:
        last = wording.day(person.blocked_until)
        text = f"Po utracie statusu przerwa trwa do {last}; potem można zarejestrować się ponownie."
        found.against(basis.CONTACT, text, person.blocked_until)


_RULES: tuple[Callable[[Findings], None], ...] = (
    _age,
    _work,
    _study,
    _business,
    _board_and_farm,
    _income,
    _readiness,
    _stay,
    _place,
)

_INCOME_NAMES = {
    Income.RETIREMENT_PENSION: "Emerytura",
    Income.DISABILITY_PENSION: "Renta z tytułu niezdolności do pracy",
    Income.PRE_RETIREMENT: "Świadczenie przedemerytalne",
    Income.SICK_OR_MATERNITY: "Zasiłek chorobowy lub macierzyński albo świadczenie rehabilitacyjne",
    Income.CARE: "Świadczenie pielęgnacyjne lub zasiłek dla opiekuna",
}
