"""May a person register as unemployed: why not, where, with what documents, and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, add_months
from actions.cases.common import Task, Verdict
from actions.cases.person import ADULT_AGE, Business, Document, Person, Stay
from actions.cases.registration_rules import Findings, Obstacle, findings_of
from actions.reasoning import Basis, InputError, Step, step
from knowledge_base.content.amounts import Amounts

RULES_SINCE = dt.date(2025, 6, 1)
_OLDEST = 120
CONTACT_EVERY = dt.timedelta(days=90)
_INSURED_AFTER_WORK = dt.timedelta(days=30)


class Way(Enum):
    ONLINE = "elektronicznie"
    IN_PERSON = "osobiscie"


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


def register(person: Person, *, day: dt.date, amounts: Amounts) -> Registration:
    """Tell whether the person may register as unemployed on `day`. Raises InputError."""
    _check(person, day)
    found = findings_of(person, day=day, amounts=amounts)
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


def _earliest(found: Findings) -> dt.date | None:
    days = [found.day]
    for obstacle in found.obstacles:
        if obstacle.until is None:
            return None
        days.append(obstacle.until + ONE_DAY)
    earliest = max(days)
    # Waiting for one obstacle to pass may raise another: the upper age, or a business that has started meanwhile.
    ends = [add_months(found.person.birth, 12 * found.person.upper_age)]
    if found.person.business is Business.STARTS_LATER and found.person.business_starts is not None:
        ends.append(found.person.business_starts)
    return earliest if earliest < min(ends) else None


def _job_seeker(person: Person, day: dt.date) -> bool | None:
    """Seeking work needs 18 years and, of foreigners, a title that the act covers; work and pensions do not matter."""
    if day < add_months(person.birth, 12 * ADULT_AGE) or person.stay is Stay.OTHER:
        return False
    if person.registered_elsewhere or person.lives_in_poland is False:
        return False
    return None if person.stay is None else True


def _office(person: Person) -> Step:
    where = f" ({person.county.strip()})" if person.county and person.county.strip() else ""
    text = f"Urząd to powiatowy urząd pracy według miejsca zamieszkania{where}; meldunek nie ma znaczenia."
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
