"""May a person register as unemployed: why not, where, with what documents, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, add_months
from actions.calculators.pay import amount_on
from actions.cases.common import Task, Verdict
from actions.reasoning import Basis, InputError, Step, step
from knowledge_base.content.amounts import Amounts

RULES_SINCE = dt.date(2025, 6, 1)
_ADULT, _OLDEST = 18, 120
CONTACT_EVERY = dt.timedelta(days=90)
_INSURED_AFTER_WORK = dt.timedelta(days=30)


class Sex(Enum):
    FEMALE = "kobieta"
    MALE = "mezczyzna"


class Work(Enum):
    NONE = "brak"
    EMPLOYED = "umowa_o_prace"
    UNPAID_OR_CHILDCARE_LEAVE = "urlop_bezplatny_lub_wychowawczy"
    CIVIL_CONTRACT = "zlecenie_lub_dzielo"


class Study(Enum):
    NONE = "brak"
    FULL_TIME_STUDIES = "studia_stacjonarne"
    PART_TIME_STUDIES = "studia_niestacjonarne"
    DAY_SCHOOL = "szkola_dzienna"
    ADULT_OR_POST_SECONDARY = "szkola_dla_doroslych_lub_policealna"


class Business(Enum):
    NONE = "brak"
    ACTIVE = "czynna"
    SUSPENDED = "zawieszona"
    STARTS_LATER = "pozniejszy_start"


class Income(Enum):
    """Income or a benefit other than from work."""

    NONE = "brak"
    RETIREMENT_PENSION = "emerytura"
    DISABILITY_PENSION = "renta_z_tytulu_niezdolnosci"
    SURVIVORS_PENSION = "renta_rodzinna"
    PRE_RETIREMENT = "swiadczenie_przedemerytalne"
    SICK_OR_MATERNITY = "chorobowe_macierzynskie_rehabilitacyjne"
    CARE = "swiadczenie_dla_opiekuna"
    PERMANENT_AID = "zasilek_staly"
    OTHER = "inny_przychod"


class Stay(Enum):
    """Citizenship or title of stay, by what it means for registering (art. 1 ust. 3)."""

    POLISH = "polskie"
    EU = "ue_eog_szwajcaria"
    UK_AGREEMENT = "brytyjczyk_sprzed_2021"
    PERMANENT = "pobyt_staly_lub_rezydent"
    PROTECTED = "uchodzca_lub_ochrona"
    TEMPORARY_PROTECTION = "ochrona_czasowa"
    TEMPORARY_WITH_WORK = "pobyt_czasowy_i_praca"
    STUDY = "studia"
    SEASONAL = "sezonowy"
    OTHER = "inny"


class Document(Enum):
    IDENTITY = "dokument_tozsamosci"
    STAY = "tytul_pobytu"
    DIPLOMAS = "swiadectwa_szkolne"
    EMPLOYMENT = "swiadectwa_pracy"
    CIVIL_CONTRACTS = "zaswiadczenia_zlecen"
    BUSINESS = "dokumenty_firmy"
    U1 = "dokument_u1"
    DISABILITY = "orzeczenie"
    HEALTH = "przeciwwskazania"
    ACCOUNT = "rachunek"


class Way(Enum):
    ONLINE = "elektronicznie"
    IN_PERSON = "osobiscie"


@dataclass(frozen=True)
class Person:
    """Answers of the visitor; None everywhere means "nie wiem".

    `work_ends` is the last day of the present or former job. `income_monthly` is needed for a survivor's pension and
    other taxed income. `income_ends` is the last day of that benefit. `blocked_until` is the last day of a break after
    the status was lost. `disability`: with a certificate, when half of full time is enough.
    """

    birth: dt.date
    sex: Sex
    work: Work | None
    stay: Stay | None
    study: Study | None = Study.NONE
    business: Business | None = Business.NONE
    income: Income | None = Income.NONE
    work_ends: dt.date | None = None
    business_starts: dt.date | None = None
    income_monthly: Decimal | None = None
    income_ends: dt.date | None = None
    company_board: bool | None = False
    farm: bool | None = False
    in_prison: bool | None = False
    ready_to_work: bool | None = True
    disability: bool | None = False
    lives_in_poland: bool | None = True
    county: str | None = None
    registered_elsewhere: bool | None = False
    blocked_until: dt.date | None = None
    can_sign_online: bool | None = None
    has_pesel: bool | None = True
    had_employment: bool | None = True
    had_civil_contracts: bool | None = False
    had_business: bool | None = False
    worked_abroad: bool | None = False
    health_limits: bool | None = False
    documents: frozenset[Document] = frozenset()


@dataclass(frozen=True)
class Obstacle:
    """A reason against; `until` is the last day on which it stands, None where that is not known."""

    step: Step
    until: dt.date | None = None


@dataclass(frozen=True)
class NeededDocument:
    """`at_hand`: the person said so; `optional`: only if there is such a document."""

    document: Document
    step: Step
    at_hand: bool
    optional: bool


@dataclass(frozen=True)
class Registration:
    """The result.

    `verdict` is about registering on the day asked about; `earliest_day` is the first day on which nothing known is in
    the way, None where that is not known. `open_questions` are what still decides. `may_be_job_seeker`: the other
    status is open, None where that is not known.
    """

    verdict: Verdict
    obstacles: tuple[Obstacle, ...]
    open_questions: tuple[Step, ...]
    earliest_day: dt.date | None
    may_be_job_seeker: bool | None
    office: Step
    ways: tuple[Way, ...]
    documents: tuple[NeededDocument, ...]
    next_tasks: tuple[Task, ...]
    steps: tuple[Step, ...]


@dataclass
class _Findings:
    """What the rules found so far."""

    person: Person
    day: dt.date
    amounts: Amounts
    obstacles: list[Obstacle]
    open: list[Step]
    fine: list[Step]

    def against(self, rule: Basis, text: str, until: dt.date | None = None) -> None:
        self.obstacles.append(Obstacle(step(rule, text), until))

    def ask(self, rule: Basis, text: str) -> None:
        self.open.append(step(rule, text))

    def allow(self, rule: Basis, text: str, *, sure: bool = True) -> None:
        self.fine.append(step(rule, text, sure=sure))


def register(person: Person, *, day: dt.date, amounts: Amounts) -> Registration:
    """Tell whether the person may register as unemployed on `day`. Raises InputError."""
    _check(person, day)
    found = _Findings(person, day, amounts, [], [], [])
    for rule in _RULES:
        rule(found)
    verdict = Verdict.NO if found.obstacles else Verdict.DEPENDS if found.open else Verdict.YES
    earliest = _earliest(found)
    return Registration(
        verdict=verdict,
        obstacles=tuple(found.obstacles),
        open_questions=tuple(found.open),
        earliest_day=earliest,
        may_be_job_seeker=_job_seeker(person, day),
        office=_office(person),
        ways=_ways(person),
        documents=_documents(person),
        next_tasks=_tasks(person, earliest or day),
        steps=(*found.fine, *(obstacle.step for obstacle in found.obstacles), *found.open, *_way_steps(person)),
    )


def checklist(result: Registration) -> tuple[str, ...]:
    """The lines that a person takes along: documents first, then what to do, each with its day."""
    documents = [
        f"{needed.step.text} {'Jest.' if needed.at_hand else 'Do przygotowania.'}" for needed in result.documents
    ]
    return (result.office.text, *documents, *(_task_line(task) for task in result.next_tasks))


def _task_line(task: Task) -> str:
    due = f" Termin: {wording.day(task.by)}." if task.by else ""
    return f"{task.step.text}{due}{'' if task.step.sure else ' Do potwierdzenia w urzędzie.'}"


def _check(person: Person, day: dt.date) -> None:
    if day < RULES_SINCE:
        raise InputError("day", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    if not day.year - _OLDEST <= person.birth.year <= day.year or person.birth > day:
        raise InputError("birth", "Proszę sprawdzić datę urodzenia.")
    if person.income_monthly is not None and (not person.income_monthly.is_finite() or person.income_monthly < 0):
        raise InputError("income_monthly", "Kwota przychodu nie może być ujemna.")
    if person.business is Business.STARTS_LATER and person.business_starts is None:
        raise InputError("business_starts", "Od którego dnia ma działać firma?")


def _age(found: _Findings) -> None:
    limit = 60 if found.person.sex is Sex.FEMALE else 65
    adult_on, too_old_on = (add_months(found.person.birth, 12 * age) for age in (_ADULT, limit))
    text = "Bezrobotnym można być od ukończenia 18 lat do ukończenia 60 lat przez kobietę albo 65 lat przez mężczyznę"
    if found.day < adult_on:
        found.against(basis.AGE, f"{text}, a 18 lat mija {wording.day(adult_on)}.", adult_on - ONE_DAY)
    elif found.day >= too_old_on:
        found.against(basis.AGE, f"{text}, a ten wiek minął {wording.day(too_old_on)}.")
    else:
        found.allow(basis.AGE, f"Wiek się zgadza. {text}.")


def _work(found: _Findings) -> None:
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


def _study(found: _Findings) -> None:
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


def _business(found: _Findings) -> None:
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


def _board_and_farm(found: _Findings) -> None:
    person = found.person
    if person.company_board is None:
        found.ask(basis.UNEMPLOYED, "Czy ta osoba jest w zarządzie lub radzie nadzorczej spółki? To wyklucza status.")
    elif person.company_board:
        text = "Zasiadanie w zarządzie lub radzie nadzorczej spółki z o.o. albo akcyjnej wyklucza status."
        found.against(basis.UNEMPLOYED, text)
    if person.farm or person.farm is None:
        found.allow(basis.FARM, "Gospodarstwo rolne nie przeszkadza, bez względu na liczbę hektarów.")


def _income(found: _Findings) -> None:
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


def _limited_income(found: _Findings) -> None:
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


def _readiness(found: _Findings) -> None:
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


def _stay(found: _Findings) -> None:
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


def _place(found: _Findings) -> None:
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


_RULES: tuple[Callable[[_Findings], None], ...] = (
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


def _earliest(found: _Findings) -> dt.date | None:
    days = [found.day]
    for obstacle in found.obstacles:
        if obstacle.until is None:
            return None
        days.append(obstacle.until + ONE_DAY)
    earliest = max(days)
    # Waiting for one obstacle to pass may raise another: the upper age, or a business that has started meanwhile.
    ends = [add_months(found.person.birth, 12 * (60 if found.person.sex is Sex.FEMALE else 65))]
    if found.person.business is Business.STARTS_LATER and found.person.business_starts is not None:
        ends.append(found.person.business_starts)
    return earliest if earliest < min(ends) else None


def _job_seeker(person: Person, day: dt.date) -> bool | None:
    """Seeking work needs 18 years and, of foreigners, a title that the act covers; work and pensions do not matter."""
    if day < add_months(person.birth, 12 * _ADULT) or person.stay is Stay.OTHER:
        return False
    if person.registered_elsewhere or person.lives_in_poland is False:
        return False
    return None if person.stay is None else True


def _office(person: Person) -> Step:
    where = f"dla powiatu: {person.county.strip()}" if person.county and person.county.strip() else "dla powiatu"
    text = f"Urząd to powiatowy urząd pracy {where}, według miejsca zamieszkania; meldunek nie ma znaczenia."
    return step(basis.OFFICE, text)


def _ways(person: Person) -> tuple[Way, ...]:
    if person.can_sign_online is False or person.has_pesel is False:
        return (Way.IN_PERSON,)
    return (Way.ONLINE, Way.IN_PERSON)


def _way_steps(person: Person) -> list[Step]:
    if person.has_pesel is False:
        text = "Bez numeru PESEL trudno o profil zaufany, więc łatwiej zarejestrować się osobiście."
        return [step(basis.WITHOUT_PESEL, text)]
    if person.can_sign_online is False:
        text = "Bez podpisu zaufanego, osobistego lub kwalifikowanego rejestracja jest osobista."
        return [step(basis.SIGNATURES, text)]
    text = "Wniosek przez praca.gov.pl podpisuje się profilem zaufanym, podpisem osobistym lub kwalifikowanym."
    return [step(basis.SIGNATURES, text), step(basis.OFFICE, "Można też przyjść do urzędu osobiście.")]


def _documents(person: Person) -> tuple[NeededDocument, ...]:
    foreign = person.stay not in (Stay.POLISH, Stay.EU)
    wanted: list[tuple[bool | None, Document, Basis, str]] = [
        (True, Document.IDENTITY, basis.DOCUMENTS, "Dowód osobisty albo inny dokument tożsamości."),
        (foreign, Document.STAY, basis.FOREIGNERS_COVERED, "Dokument, z którego wynika tytuł pobytu."),
        (True, Document.DIPLOMAS, basis.DOCUMENTS, "Świadectwa szkolne, dyplomy i zaświadczenia o kursach."),
        (
            person.had_employment,
            Document.EMPLOYMENT,
            basis.DOCUMENTS,
            "Wszystkie świadectwa pracy, a gdy nie ma w nich zarobków, zaświadczenia o wynagrodzeniu.",
        ),
        (
            person.had_civil_contracts,
            Document.CIVIL_CONTRACTS,
            basis.BENEFIT_CIVIL_CONTRACT,
            "Zaświadczenia zleceniodawców z okresami umów i podstawą składek.",
        ),
        (
            person.had_business or person.business is Business.SUSPENDED,
            Document.BUSINESS,
            basis.BENEFIT_BUSINESS,
            "Dowody opłacania składek z firmy, także na Fundusz Pracy.",
        ),
        (person.worked_abroad, Document.U1, basis.BENEFIT_ABROAD, "Dokument U1 z kraju UE, EOG lub ze Szwajcarii."),
        (person.disability, Document.DISABILITY, basis.DOCUMENTS, "Orzeczenie o niepełnosprawności."),
        (
            person.health_limits,
            Document.HEALTH,
            basis.DOCUMENTS,
            "Dokumenty o przeciwwskazaniach do niektórych prac.",
        ),
        (True, Document.ACCOUNT, basis.APPLICATION, "Numer rachunku płatniczego."),
    ]
    return tuple(
        NeededDocument(document, step(rule, text), document in person.documents, optional=applies is None)
        for applies, document, rule, text in wanted
        if applies is not False
    )


def _tasks(person: Person, start: dt.date) -> tuple[Task, ...]:
    tasks = [
        Task(
            step(
                basis.REGISTRATION_DAY,
                "Dniem rejestracji jest dzień złożenia kompletnego wniosku albo wizyty w urzędzie.",
            )
        )
    ]
    if person.work_ends is not None:
        text = "Po ustaniu pracy leczenie jest jeszcze przez 30 dni; rejestracja daje ubezpieczenie bez innego tytułu."
        tasks.append(Task(step(basis.VOLUNTARY, text), person.work_ends + _INSURED_AFTER_WORK))
    if Document.EMPLOYMENT not in person.documents and person.had_employment:
        text = "Brakujące świadectwo pracy można donieść, ale zasiłek może się przez to opóźnić."
        tasks.append(Task(step(basis.MISSING_CERTIFICATE, text)))
    tasks += [
        Task(
            step(
                basis.DECISION_TIME,
                "Urząd wydaje decyzję najpóźniej w ciągu miesiąca; status liczy się od rejestracji.",
            ),
            add_months(start, 1),
        ),
        Task(step(basis.APPEAL, "Od decyzji można odwołać się do wojewody w ciągu 14 dni od jej doręczenia.")),
        Task(
            step(basis.CONTACT, "Co najmniej raz na 90 dni trzeba odezwać się do urzędu, pierwszy raz do tego dnia."),
            start + CONTACT_EVERY,
        ),
        Task(step(basis.REPORT_CHANGES, "Pracę, firmę, studia dzienne i inne zmiany zgłasza się w ciągu 7 dni.")),
        Task(step(basis.THREE_YEARS, "Status trwa najwyżej 3 lata od rejestracji."), add_months(start, 36) - ONE_DAY),
    ]
    return tuple(tasks)
