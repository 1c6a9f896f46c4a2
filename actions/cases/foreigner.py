"""What an employer needs before a foreigner may work: nothing, a notification, a declaration or a permit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, month_mark
from actions.calculators.pay import Money, amount_on
from actions.cases.common import Task
from actions.reasoning import Basis, InputError, Step, step
from knowledge_base.content.amounts import Amounts

RULES_SINCE = dt.date(2026, 3, 5)
UKRAINIANS_UNTIL = dt.date(2029, 3, 4)
DECLARATION_MONTHS, PERMIT_MONTHS, SEASONAL_MONTHS = 24, 36, 9
_CHEAPER_PERMIT_MONTHS = 3
_MOST_MONTHS = 120
_WEEK = dt.timedelta(days=7)


class Citizenship(Enum):
    EU = "ue_eog"
    SWISS = "szwajcaria"
    UKRAINE = "ukraina"
    DECLARATION = "armenia_bialorus_moldawia"
    OTHER = "inne"


class Stay(Enum):
    """The title of stay, by what it means for work."""

    NONE_YET = "brak_jeszcze"
    PERMANENT = "pobyt_staly_lub_rezydent"
    PROTECTED = "uchodzca_lub_ochrona_lub_humanitarny"
    TEMPORARY_PROTECTION = "ochrona_czasowa"
    SPOUSE_OF_POLE = "malzonek_polaka"
    FAMILY_OF_EU = "rodzina_obywatela_ue"
    POLES_CARD = "karta_polaka"
    POLISH_GRADUATE = "absolwent_polskiej_uczelni_lub_szkoly"
    DOCTORAL_STUDENT = "doktorant"
    STUDENT_LISTED = "student_uczelni_publicznej_lub_z_listy"
    STUDENT_OTHER = "student_innej_uczelni"
    SINGLE_PERMIT_SAME = "jednolite_zezwolenie_na_te_prace"
    SINGLE_PERMIT_OTHER = "jednolite_zezwolenie_na_inna_prace"
    ASYLUM_WITH_CERTIFICATE = "w_procedurze_z_zaswiadczeniem"
    ASYLUM_WITHOUT = "w_procedurze_bez_zaswiadczenia"
    OTHER_ALLOWING_WORK = "wiza_lub_karta_pozwalajaca_pracowac"
    VISA_WITHOUT_WORK = "wiza_bez_prawa_do_pracy"
    SCHENGEN_VISA = "wiza_innego_panstwa"
    SCHENGEN_CARD = "karta_innego_panstwa"
    VISA_FREE = "ruch_bezwizowy"


class Work(Enum):
    ORDINARY = "zwykla"
    SEASONAL = "sezonowa"
    BOARD = "funkcja_w_spolce"
    POSTED = "delegowanie"


class Route(Enum):
    """What is needed. FORBIDDEN: with this title of stay nothing helps."""

    NONE = "nic"
    NOTIFICATION = "powiadomienie"
    DECLARATION = "oswiadczenie"
    PERMIT = "zezwolenie"
    SEASONAL_PERMIT = "zezwolenie_sezonowe"
    CHANGE_OF_STAY_PERMIT = "zmiana_zezwolenia_pobytowego"
    FORBIDDEN = "niedozwolone"


@dataclass(frozen=True)
class Job:
    """The work offered: `months` are its planned length, a started month counted as one."""

    kind: Work
    start: dt.date
    months: int


@dataclass(frozen=True)
class Answer:
    """The result.

    `where` is the office; `cost` is the fee of the employer, None where there is none; `deadline` is the last day for
    the formality: after the start for a notification, before it for all others.
    """

    route: Route
    where: Step | None
    cost: Money | None
    deadline: dt.date | None
    tasks: tuple[Task, ...]
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]


_EU_CODES = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PT RO SE SI SK IS LI NO".split())
_DECLARATION_CODES = frozenset({"AM", "BY", "MD"})


def citizenship_of(country: str) -> Citizenship:
    """The group of a country by its two letters (ISO 3166). Raises InputError."""
    code = country.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise InputError("citizenship", "Proszę podać państwo, którego paszport ma ta osoba.")
    if code == "PL":
        raise InputError("citizenship", "Obywatel Polski pracuje bez żadnych formalności dla cudzoziemców.")
    if code in _EU_CODES:
        return Citizenship.EU
    known = {"CH": Citizenship.SWISS, "UA": Citizenship.UKRAINE}
    return known.get(code, Citizenship.DECLARATION if code in _DECLARATION_CODES else Citizenship.OTHER)


def employ_foreigner(citizenship: Citizenship, stay: Stay, job: Job, *, on: dt.date, amounts: Amounts) -> Answer:
    """Tell what is needed before this person may do this work; fees are those of the day `on`. Raises InputError."""
    _check(job)
    route, steps = _route(citizenship, stay, job)
    answer = _FINISH[route](job, on, amounts)
    notes = [*answer.notes]
    if route is not Route.FORBIDDEN and citizenship not in (Citizenship.EU, Citizenship.SWISS):
        text = "Przed pracą sprawdza się i kopiuje dokument pobytowy, a umowę zawiera się na piśmie."
        notes.append(step(basis.FOREIGNER_DOCUMENTS, text))
    if stay is Stay.NONE_YET and citizenship not in (Citizenship.EU, Citizenship.SWISS):
        text = "Żaden z tych dokumentów nie daje prawa pobytu: wizę lub kartę pobytu trzeba mieć osobno."
        notes.append(step(basis.PERMIT_KINDS, text))
    return Answer(
        route, answer.where, answer.cost, answer.deadline, answer.tasks, (*steps, *answer.steps), tuple(notes)
    )


def _check(job: Job) -> None:
    if job.start < RULES_SINCE:
        raise InputError("start", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    if not 1 <= job.months <= _MOST_MONTHS:
        raise InputError("months", "Na ile miesięcy ma być ta praca? Proszę podać liczbę od 1 do 120.")
    if job.kind is Work.SEASONAL and job.months > SEASONAL_MONTHS:
        raise InputError("months", f"Praca sezonowa trwa najwyżej {SEASONAL_MONTHS} miesięcy w roku kalendarzowym.")


def _route(citizenship: Citizenship, stay: Stay, job: Job) -> tuple[Route, list[Step]]:
    if citizenship is Citizenship.EU:
        return Route.NONE, [step(basis.FREE_ACCESS, "Do obywateli Unii i EOG ustawa o cudzoziemcach się nie stosuje.")]
    if citizenship is Citizenship.SWISS:
        return Route.NONE, [step(basis.FREE_ACCESS, "Obywatele Szwajcarii pracują bez zezwolenia.")]
    if stay is Stay.TEMPORARY_PROTECTION:
        text = "Osoba z ochroną czasową pracuje bez zezwolenia, ale polski pracodawca powiadamia urząd pracy."
        return Route.NOTIFICATION, [step(basis.NOTIFICATION, text, sure=job.kind is not Work.POSTED)]
    if stay in _FREE:
        rule, text = _FREE[stay]
        return Route.NONE, [step(rule, text)]
    if citizenship is Citizenship.UKRAINE and _may_be_notified(stay, job):
        return Route.NOTIFICATION, [_ukrainian_step(stay)]
    if stay in _FORBIDDEN:
        rule, text = _FORBIDDEN[stay]
        return Route.FORBIDDEN, [step(rule, text)]
    if stay is Stay.SINGLE_PERMIT_OTHER:
        text = "Jednolite zezwolenie wskazuje pracodawcę i warunki; inna praca wymaga jego zmiany."
        return Route.CHANGE_OF_STAY_PERMIT, [step(basis.SINGLE_PERMIT, text)]
    return _by_work(citizenship, stay, job)


_FREE: dict[Stay, tuple[Basis, str]] = {
    Stay.PERMANENT: (basis.FREE_ACCESS, "Pobyt stały i rezydent długoterminowy UE dają pracę bez zezwolenia."),
    Stay.PROTECTED: (
        basis.FREE_ACCESS,
        "Status uchodźcy, ochrona uzupełniająca i zgoda na pobyt humanitarny lub tolerowany dają pracę bez zezwolenia.",
    ),
    Stay.SPOUSE_OF_POLE: (
        basis.FREE_ACCESS,
        "Małżonek Polaka z pobytem czasowym wydanym z powodu małżeństwa pracuje bez zezwolenia.",
    ),
    Stay.FAMILY_OF_EU: (
        basis.FREE_ACCESS,
        "Członek rodziny obywatela UE, który przebywa z nim w Polsce, pracuje bez zezwolenia.",
    ),
    Stay.POLES_CARD: (
        basis.FREE_ACCESS,
        "Z ważną Kartą Polaka i odpowiednim prawem pobytu pracuje się bez zezwolenia i oświadczenia.",
    ),
    Stay.POLISH_GRADUATE: (
        basis.FREE_ACCESS,
        "Absolwent polskich studiów lub szkoły dającej zawód, z odpowiednim prawem pobytu, pracuje bez zezwolenia.",
    ),
    Stay.DOCTORAL_STUDENT: (
        basis.FREE_ACCESS,
        "Doktorant w polskiej szkole doktorskiej, z odpowiednim prawem pobytu, pracuje bez zezwolenia.",
    ),
    Stay.STUDENT_LISTED: (
        basis.FOREIGN_STUDENTS,
        "Student uczelni publicznej lub z listy MSWiA pracuje bez zezwolenia, dopóki jest studentem.",
    ),
    Stay.SINGLE_PERMIT_SAME: (
        basis.SINGLE_PERMIT,
        "Jednolite zezwolenie na pobyt i tę pracę wystarcza; osobne zezwolenie nie jest potrzebne.",
    ),
    Stay.ASYLUM_WITH_CERTIFICATE: (
        basis.ASYLUM,
        "Z zaświadczeniem o prawie do pracy i ważnym tymczasowym zaświadczeniem tożsamości pracuje się bez zezwolenia.",
    ),
}

_FORBIDDEN: dict[Stay, tuple[Basis, str]] = {
    Stay.VISA_WITHOUT_WORK: (
        basis.VISAS_WITHOUT_WORK,
        "Ta wiza wyklucza pracę (cel 01, 02, 11, 14, 20 lub 23 albo tranzyt), także z zezwoleniem.",
    ),
    Stay.SCHENGEN_VISA: (basis.VISAS_WITHOUT_WORK, "Wiza innego państwa Schengen nie uprawnia do pracy w Polsce."),
    Stay.ASYLUM_WITHOUT: (
        basis.ASYLUM,
        "W procedurze o ochronę nie można pracować bez zaświadczenia, które urząd wydaje po 6 miesiącach.",
    ),
}

# No stay in Poland to stand on, or a stay that the passages exclude from work whoever holds it.
_NOT_FOR_UKRAINIANS = {Stay.NONE_YET, Stay.SCHENGEN_VISA, Stay.ASYLUM_WITHOUT, Stay.VISA_WITHOUT_WORK}
_SURE_FOR_UKRAINIANS = {Stay.OTHER_ALLOWING_WORK, Stay.SINGLE_PERMIT_OTHER, Stay.STUDENT_OTHER}


def _may_be_notified(stay: Stay, job: Job) -> bool:
    return stay not in _NOT_FOR_UKRAINIANS and job.kind is not Work.POSTED and job.start <= UKRAINIANS_UNTIL


def _ukrainian_step(stay: Stay) -> Step:
    text = (
        f"Obywatel Ukrainy, który przebywa w Polsce legalnie na innej podstawie niż ochrona czasowa, do "
        f"{wording.day(UKRAINIANS_UNTIL)} pracuje bez zezwolenia, z powiadomieniem urzędu pracy."
    )
    return step(basis.UKRAINIANS, text, sure=stay in _SURE_FOR_UKRAINIANS)


def _by_work(citizenship: Citizenship, stay: Stay, job: Job) -> tuple[Route, list[Step]]:
    steps = []
    if stay is Stay.SCHENGEN_CARD:
        text = "Karta pobytu innego państwa Schengen pozwala pracować najwyżej 90 dni, z zezwoleniem lub oświadczeniem."
        steps.append(step(basis.VISAS_WITHOUT_WORK, text))
    elif stay is Stay.VISA_FREE:
        text = "Ruch bezwizowy wystarcza tylko obywatelom państw z wykazu i wymaga zezwolenia albo oświadczenia."
        steps.append(step(basis.VISAS_WITHOUT_WORK, text))
    elif stay is Stay.STUDENT_OTHER:
        text = "Student uczelni spoza listy potrzebuje zezwolenia albo, zależnie od obywatelstwa, oświadczenia."
        steps.append(step(basis.FOREIGN_STUDENTS, text))
    if job.kind is Work.SEASONAL:
        text = "Praca sezonowa w branżach z rozporządzenia wymaga zezwolenia na pracę sezonową, do 9 miesięcy w roku."
        return Route.SEASONAL_PERMIT, [*steps, step(basis.SEASONAL_PERMIT, text)]
    if job.kind is not Work.ORDINARY:
        what = "Pełnienie funkcji w spółce" if job.kind is Work.BOARD else "Delegowanie przez firmę zagraniczną"
        return Route.PERMIT, [*steps, step(basis.PERMIT_KINDS, f"{what} wymaga zezwolenia na pracę.")]
    if citizenship in (Citizenship.UKRAINE, Citizenship.DECLARATION):
        if job.months <= DECLARATION_MONTHS:
            text = "Dla obywateli Armenii, Białorusi, Mołdawii i Ukrainy wystarcza oświadczenie, do 24 miesięcy pracy."
            return Route.DECLARATION, [*steps, step(basis.DECLARATION_STATES, text)]
        text = (
            f"Oświadczenie obejmuje najwyżej {DECLARATION_MONTHS} miesiące, więc na dłużej potrzebne jest zezwolenie."
        )
        return Route.PERMIT, [*steps, step(basis.DECLARATION, text)]
    text = "Obywatele innych państw potrzebują zezwolenia na pracę; oświadczenie urząd zostawiłby bez rozpoznania."
    return Route.PERMIT, [*steps, step(basis.DECLARATION_STATES, text)]


def _nothing(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    return Answer(Route.NONE, None, None, None, (), (), ())


def _forbidden(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    fine = amount_on(amounts, "grzywna_nielegalne_powierzenie_od", on)
    text = f"Za nielegalne powierzenie pracy grozi grzywna co najmniej {fine.text} za jedną osobę."
    return Answer(Route.FORBIDDEN, None, None, None, (), (), (step(basis.FINES, text, sure=fine.sure),))


def _notification(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    deadline = job.start + _WEEK
    where = step(
        basis.NOTIFICATION,
        "Powiadomienie składa się elektronicznie do powiatowego urzędu pracy według siedziby lub miejsca stałego "
        "pobytu "
        "pracodawcy.",
    )
    by = step(basis.NOTIFICATION, "Powiadomienie urzędu pracy w ciągu 7 dni od rozpoczęcia pracy.")
    change = step(
        basis.NOTIFICATION,
        "Przy zmianie umowy, stanowiska albo niższym wymiarze lub stawce potrzebne jest nowe powiadomienie w 7 dni.",
    )
    steps = (where, step(basis.NOTIFICATION, f"Na powiadomienie jest 7 dni, do {wording.day(deadline)}."))
    return Answer(Route.NOTIFICATION, where, None, deadline, (Task(by, deadline), Task(change)), steps, ())


def _declaration(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    cost = amount_on(amounts, "oplata_oswiadczenie", on)
    where = step(
        basis.ONLINE_ONLY, "Oświadczenie składa się wyłącznie przez praca.gov.pl; wpisuje je powiatowy urząd pracy."
    )
    deadline = job.start - ONE_DAY
    tasks = (
        Task(
            step(basis.DECLARATION, "Wpis oświadczenia do ewidencji przed pracą: 7 dni roboczych, a czasem 30."),
            deadline,
        ),
        Task(step(basis.DECLARATION, "Kopia umowy przesłana do urzędu przed powierzeniem pracy."), deadline),
        Task(step(basis.DECLARATION, "Powiadomienie o podjęciu pracy w ciągu 7 dni."), job.start + _WEEK),
        Task(
            step(basis.DECLARATION, "Gdy praca się nie zacznie: powiadomienie w ciągu 14 dni."), job.start + 2 * _WEEK
        ),
    )
    earliest = month_mark(job.start, -6)
    when = "można je złożyć już teraz" if earliest <= on else f"składa się je najwcześniej {wording.day(earliest)}"
    text = f"Praca musi się zacząć najpóźniej 6 miesięcy od złożenia, więc {when}."
    steps = (where, step(basis.DECLARATION, text), _fee_step(cost))
    return Answer(Route.DECLARATION, where, cost, deadline, tasks, steps, ())


def _permit(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    if job.kind is Work.POSTED:
        name = "oplata_zezwolenie_delegowanie"
    elif job.months <= _CHEAPER_PERMIT_MONTHS:
        name = "oplata_zezwolenie_do_3_miesiecy"
    else:
        name = "oplata_zezwolenie_ponad_3_miesiace"
    cost = amount_on(amounts, name, on)
    where = step(basis.ONLINE_ONLY, "Wniosek o zezwolenie składa się wyłącznie przez praca.gov.pl; wydaje je wojewoda.")
    deadline = job.start - ONE_DAY
    tasks = (
        Task(step(basis.PERMIT_DUTIES, "Zezwolenie wydane przed rozpoczęciem pracy."), deadline),
        Task(
            step(basis.PERMIT_DUTIES, "Kopia umowy po polsku przesłana elektronicznie przed powierzeniem pracy."),
            deadline,
        ),
    )
    steps = [where, _fee_step(cost)]
    if job.months > PERMIT_MONTHS:
        steps.append(
            step(basis.PERMIT_DUTIES, "Zezwolenie wydaje się najdłużej na 3 lata; na dalszy czas potrzebne jest nowe.")
        )
    return Answer(Route.PERMIT, where, cost, deadline, tasks, tuple(steps), ())


def _seasonal(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    cost = amount_on(amounts, "oplata_zezwolenie_sezonowe", on)
    where = step(
        basis.SEASONAL_PERMIT,
        "Zezwolenie wydaje starosta właściwy dla siedziby lub miejsca stałego pobytu pracodawcy; wniosek tylko przez "
        "praca.gov.pl.",
    )
    deadline = job.start - ONE_DAY
    text = "Kompletny wniosek przed pracą: prosta sprawa trwa 7 dni roboczych, trudniejsza 30 dni."
    steps = [where, _fee_step(cost)]
    if job.start.year != (month_mark(job.start, job.months) - ONE_DAY).year:
        note = "Limit 9 miesięcy liczy się w każdym roku kalendarzowym osobno."
        steps.append(step(basis.SEASONAL_LIMIT, note, sure=False))
    return Answer(
        Route.SEASONAL_PERMIT,
        where,
        cost,
        deadline,
        (Task(step(basis.SEASONAL_PERMIT, text), deadline),),
        tuple(steps),
        (step(basis.LODGING, "Zakwaterowanie wymaga osobnej pisemnej umowy, a czynszu nie wolno potrącać z pensji."),),
    )


def _change_of_stay(job: Job, on: dt.date, amounts: Amounts) -> Answer:
    where = step(basis.SINGLE_PERMIT_CHANGE, "Wniosek o zmianę zezwolenia składa do wojewody sam cudzoziemiec.")
    text = "Przed przyjęciem nowej pracy dobrze jest zapytać urząd wojewódzki, czy można ją zacząć przed decyzją."
    return Answer(
        Route.CHANGE_OF_STAY_PERMIT,
        where,
        None,
        job.start - ONE_DAY,
        (
            Task(
                step(basis.SINGLE_PERMIT_CHANGE, "Załącznik z warunkami pracy wypełnia nowy pracodawca."),
                job.start - ONE_DAY,
            ),
        ),
        (where,),
        (step(basis.SINGLE_PERMIT_CHANGE, text),),
    )


def _fee_step(cost: Money) -> Step:
    return step(basis.FEES, f"Opłata wynosi {cost.text} i płaci ją firma, za każdy wniosek osobno.", sure=cost.sure)


_FINISH = {
    Route.NONE: _nothing,
    Route.NOTIFICATION: _notification,
    Route.DECLARATION: _declaration,
    Route.PERMIT: _permit,
    Route.SEASONAL_PERMIT: _seasonal,
    Route.CHANGE_OF_STAY_PERMIT: _change_of_stay,
    Route.FORBIDDEN: _forbidden,
}
