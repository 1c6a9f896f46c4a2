"""What a person who comes to the labour office says of themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

ADULT_AGE = 18


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

    @property
    def upper_age(self) -> int:
        """The age with which the status of unemployed ends."""
        return 60 if self.sex is Sex.FEMALE else 65
