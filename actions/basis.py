"""The rules that calculators and cases stand on, each named once.

The text of a rule is its passage; a test compares act, article and verification with it."""

from __future__ import annotations

from actions.reasoning import Basis

_LABOUR_CODE = "DU/1974/141"
_LABOUR_MARKET = "DU/2025/620"
_FOREIGNERS = "DU/2025/621"
_GROUP_LAYOFFS = "DU/2003/844"
_MINIMUM_WAGE = "DU/2002/1679"

NOTICE_TRIAL = Basis("kodeks-pracy/art-034-wypowiedzenie-umowy-probnej", _LABOUR_CODE, "art. 34")
NOTICE_LENGTH = Basis("kodeks-pracy/art-036-okres-wypowiedzenia", _LABOUR_CODE, "art. 36 § 1–1(1)")
NOTICE_END = Basis("kodeks-pracy/art-030-koniec-wypowiedzenia", _LABOUR_CODE, "art. 30 § 2(1)")
NOTICE_EARLIER_DATE = Basis("kodeks-pracy/art-036-wczesniejsza-data", _LABOUR_CODE, "art. 36 § 6")
NOTICE_SHORTENED = Basis("kodeks-pracy/art-036-1-skrocenie-przez-pracodawce", _LABOUR_CODE, "art. 36(1)")
WAYS_TO_END = Basis("kodeks-pracy/art-030-porozumienie-stron", _LABOUR_CODE, "art. 30 § 1")
FIXED_TERM_LIMIT = Basis("kodeks-pracy/art-025-1-limit-33-miesiecy", _LABOUR_CODE, "art. 25(1) § 1–3")
FIXED_TERM_EXCEPTIONS = Basis("kodeks-pracy/art-025-1-umowy-poza-limitem", _LABOUR_CODE, "art. 25(1) § 4")
LEAVE_BASE = Basis("kodeks-pracy/art-154-20-i-26-dni", _LABOUR_CODE, "art. 154 § 1")
LEAVE_EDUCATION = Basis("kodeks-pracy/art-155-nauka", _LABOUR_CODE, "art. 155")
LEAVE_PART_TIME = Basis("kodeks-pracy/art-154-czesc-etatu", _LABOUR_CODE, "art. 154 § 2–3")
LEAVE_CHANGE_OF_JOB = Basis("kodeks-pracy/art-155-1-zmiana-pracy", _LABOUR_CODE, "art. 155(1)")
LEAVE_FIRST_YEAR = Basis("kodeks-pracy/art-153-pierwsza-praca", _LABOUR_CODE, "art. 153")
LEAVE_SUPPLEMENT = Basis("kodeks-pracy/art-158-urlop-uzupelniajacy", _LABOUR_CODE, "art. 158")
LEAVE_HOURS = Basis("kodeks-pracy/art-154-2-urlop-w-godzinach", _LABOUR_CODE, "art. 154(2)")
LEAVE_AFTER_BREAK = Basis("kodeks-pracy/art-155-2-po-przerwie", _LABOUR_CODE, "art. 155(2)")
SENIORITY_MANDATE = Basis("kodeks-pracy/art-302-1-od-kiedy", _LABOUR_CODE, "art. 302(1) § 8 i 10")
WORKING_HOURS = Basis("kodeks-pracy/art-130-swieto-w-sobote", _LABOUR_CODE, "art. 130")
OVERTIME_SUPPLEMENTS = Basis("kodeks-pracy/art-151-1-dodatki", _LABOUR_CODE, "art. 151(1)")
OVERTIME_LIMIT = Basis("kodeks-pracy/art-151-nadgodziny", _LABOUR_CODE, "art. 151")
OVERTIME_TIME_OFF = Basis("kodeks-pracy/art-151-2-czas-wolny", _LABOUR_CODE, "art. 151(2)")
OVERTIME_PART_TIME = Basis("kodeks-pracy/art-151-nadgodziny-na-czesci-etatu", _LABOUR_CODE, "art. 151 § 5")
SUNDAY_SUPPLEMENT = Basis("kodeks-pracy/art-151-11-wolne-za-niedziele", _LABOUR_CODE, "art. 151(11)")
NIGHT_SUPPLEMENT = Basis("kodeks-pracy/art-151-8-dodatek-nocny", _LABOUR_CODE, "art. 151(8)")
SEVERANCE = Basis("zwolnienia-grupowe-2003/art-008-odprawa", _GROUP_LAYOFFS, "art. 8 i 10")
SEVERANCE_CAP = Basis("zwolnienia-grupowe-2003/art-008-gorna-granica", _GROUP_LAYOFFS, "art. 8 ust. 4")
GROUP_LAYOFF = Basis("zwolnienia-grupowe-2003/art-001-progi", _GROUP_LAYOFFS, "art. 1")
REHIRING = Basis("zwolnienia-grupowe-2003/art-009-ponowne-zatrudnienie", _GROUP_LAYOFFS, "art. 9")
MINIMUM_WAGE = Basis("placa-minimalna-2002/art-002-ustalanie", _MINIMUM_WAGE, "art. 2")
MINIMUM_WAGE_PARTS = Basis("placa-minimalna-2002/art-006-skladniki", _MINIMUM_WAGE, "art. 6–8")
HOURLY_MINIMUM = Basis("placa-minimalna-2002/art-008a-stawka-godzinowa", _MINIMUM_WAGE, "art. 8a")
HOURLY_EXCEPTIONS = Basis("placa-minimalna-2002/art-008b-godziny-wyjatki", _MINIMUM_WAGE, "art. 8b")
MATERNITY = Basis("kodeks-pracy/art-180-wymiar-macierzynskiego", _LABOUR_CODE, "art. 180 § 1–3")
MATERNITY_SPLIT = Basis("kodeks-pracy/art-180-podzial-macierzynskiego", _LABOUR_CODE, "art. 180 § 4–9")
MATERNITY_HOSPITAL = Basis("kodeks-pracy/art-180-2-uzupelniajacy-wymiar", _LABOUR_CODE, "art. 180(2) § 1–3")
MATERNITY_PAY = Basis("choroba-1999/art-031-wysokosc-zasilku", "DU/1999/636", "art. 31")
PARENTAL = Basis("kodeks-pracy/art-182-1a-wymiar-rodzicielskiego", _LABOUR_CODE, "art. 182(1a)")
PARENTAL_PARTS = Basis("kodeks-pracy/art-182-1c-czesci-i-wniosek", _LABOUR_CODE, "art. 182(1c)–182(1d)")
PARENTAL_WORK = Basis("kodeks-pracy/art-182-1e-praca-na-rodzicielskim", _LABOUR_CODE, "art. 182(1e)–182(1f)")
PATERNITY = Basis("kodeks-pracy/art-182-3-urlop-ojcowski", _LABOUR_CODE, "art. 182(3)")
UNEMPLOYED = Basis("rynek-pracy-2025/art-002-kto-jest-bezrobotnym", _LABOUR_MARKET, "art. 2 pkt 1")
AGE = Basis("rynek-pracy-2025/art-002-wiek-bezrobotnego", _LABOUR_MARKET, "art. 2 pkt 1")
FIRST_DAY = Basis("rynek-pracy-2025/art-002-pierwszy-dzien-bez-pracy", _LABOUR_MARKET, "art. 2 pkt 1")
ON_LEAVE = Basis("rynek-pracy-2025/art-002-urlop-bezplatny-wychowawczy", _LABOUR_MARKET, "art. 2 pkt 1")
OTHER_PAID_WORK = Basis("rynek-pracy-2025/art-002-inna-praca-zarobkowa", _LABOUR_MARKET, "art. 2 pkt 9")
STUDENT = Basis("rynek-pracy-2025/art-002-student-zaoczny", _LABOUR_MARKET, "art. 2 pkt 1")
SCHOOL = Basis("rynek-pracy-2025/art-002-szkola-a-status", _LABOUR_MARKET, "art. 2 pkt 1")
SUSPENDED_BUSINESS = Basis("rynek-pracy-2025/art-002-zawieszona-firma", _LABOUR_MARKET, "art. 2 pkt 1")
FUTURE_BUSINESS = Basis("rynek-pracy-2025/art-002-firma-z-przyszla-data", _LABOUR_MARKET, "art. 2 pkt 1")
FARM = Basis("rynek-pracy-2025/art-002-rolnik-bez-limitu-hektarow", _LABOUR_MARKET, "art. 2 pkt 1")
STEADY_INCOME = Basis("rynek-pracy-2025/art-002-stale-zrodlo-dochodu", _LABOUR_MARKET, "art. 2 pkt 42")
PRISON = Basis("rynek-pracy-2025/art-002-areszt-wiezienie-dozor", _LABOUR_MARKET, "art. 2 pkt 1")
READINESS = Basis("rynek-pracy-2025/art-002-gotowosc-do-pracy", _LABOUR_MARKET, "art. 2 pkt 1")
DISABILITY_HALF_TIME = Basis("rynek-pracy-2025/art-002-niepelnosprawnosc-pol-etatu", _LABOUR_MARKET, "art. 2 pkt 1")
FOREIGNERS_COVERED = Basis("rynek-pracy-2025/art-001-cudzoziemcy-rejestracja", _LABOUR_MARKET, "art. 1 ust. 3")
EU_CITIZENS = Basis("rynek-pracy-2025/art-001-obywatel-ue", _LABOUR_MARKET, "art. 1 ust. 3 pkt 2 i art. 2 pkt 1")
BRITISH_CITIZENS = Basis("rynek-pracy-2025/art-001-obywatel-brytyjski", _LABOUR_MARKET, "art. 1 ust. 3 pkt 2 lit. d")
UKRAINIANS_COVERED = Basis(
    "rynek-pracy-2025/art-001-uchodzcy-z-ukrainy", _LABOUR_MARKET, "art. 1 ust. 3 i art. 2 pkt 1", sure=False
)
OFFICE = Basis("rynek-pracy-2025/art-055-wlasciwy-urzad", _LABOUR_MARKET, "art. 55 ust. 2")
ONE_OFFICE = Basis("rynek-pracy-2025/art-057-jeden-status", _LABOUR_MARKET, "art. 57")
VOLUNTARY = Basis("rynek-pracy-2025/art-055-czy-trzeba-sie-rejestrowac", _LABOUR_MARKET, "art. 55 ust. 1")
DOCUMENTS = Basis("rynek-pracy-2025/art-055-dokumenty", _LABOUR_MARKET, "art. 55 ust. 5–7")
APPLICATION = Basis("rynek-pracy-2025/art-055-wniosek-dane", _LABOUR_MARKET, "art. 55 ust. 3 i 9–10")
WITHOUT_PESEL = Basis("rynek-pracy-2025/art-055-bez-numeru-pesel", _LABOUR_MARKET, "art. 55 ust. 3 pkt 3")
SIGNATURES = Basis("rynek-pracy-2025/art-044-czym-podpisac-wniosek", _LABOUR_MARKET, "art. 44 ust. 3")
REGISTRATION_DAY = Basis("rynek-pracy-2025/art-061-dzien-rejestracji", _LABOUR_MARKET, "art. 61")
MISSING_CERTIFICATE = Basis("rynek-pracy-2025/art-061-brak-swiadectwa-pracy", _LABOUR_MARKET, "art. 61 ust. 3")
DECISION_TIME = Basis("rynek-pracy-2025/art-061-ile-czekac-na-decyzje", _LABOUR_MARKET, "art. 61 ust. 1", sure=False)
APPEAL = Basis("rynek-pracy-2025/art-031-odwolanie-do-wojewody", _LABOUR_MARKET, "art. 31 i art. 34 ust. 2")
CONTACT = Basis("rynek-pracy-2025/art-065-kontakt-90-dni", _LABOUR_MARKET, "art. 65 ust. 1 pkt 11", sure=False)
REPORT_CHANGES = Basis("rynek-pracy-2025/art-067-zgloszenie-utraty-warunkow", _LABOUR_MARKET, "art. 67")
THREE_YEARS = Basis("rynek-pracy-2025/art-063-trzy-lata", _LABOUR_MARKET, "art. 63")
BENEFIT_CONDITIONS = Basis("rynek-pracy-2025/art-218-zasilek-warunki", _LABOUR_MARKET, "art. 218 ust. 1")
BENEFIT_DAYS = Basis("rynek-pracy-2025/art-218-zasilek-365-dni", _LABOUR_MARKET, "art. 218 ust. 1–2")
BENEFIT_CIVIL_CONTRACT = Basis(
    "rynek-pracy-2025/art-218-zasilek-umowa-zlecenia", _LABOUR_MARKET, "art. 218 ust. 1 pkt 3"
)
BENEFIT_BUSINESS = Basis("rynek-pracy-2025/art-218-zasilek-wlasna-firma", _LABOUR_MARKET, "art. 218 ust. 1 pkt 4")
BENEFIT_ABROAD = Basis("rynek-pracy-2025/art-218-zasilek-praca-w-ue-u1", _LABOUR_MARKET, "art. 218")
BENEFIT_SENIORITY = Basis("rynek-pracy-2025/art-218-zasilek-staz-20-lat", _LABOUR_MARKET, "art. 224 ust. 2–4")
BENEFIT_EXCLUSIONS = Basis("rynek-pracy-2025/art-219-zasilek-wylaczenia", _LABOUR_MARKET, "art. 219 ust. 1")
BENEFIT_OWN_NOTICE = Basis(
    "rynek-pracy-2025/art-219-zasilek-wlasne-wypowiedzenie", _LABOUR_MARKET, "art. 219 ust. 1 pkt 1 i ust. 2"
)
BENEFIT_DISCIPLINARY = Basis("rynek-pracy-2025/art-219-zasilek-dyscyplinarka", _LABOUR_MARKET, "art. 219 ust. 1 pkt 2")
BENEFIT_EMPLOYERS_FAULT = Basis(
    "rynek-pracy-2025/art-219-odejscie-z-winy-pracodawcy", _LABOUR_MARKET, "art. 219 ust. 1"
)
BENEFIT_START = Basis("rynek-pracy-2025/art-220-zasilek-poczatek", _LABOUR_MARKET, "art. 218 ust. 1 i art. 221")
BENEFIT_AGREEMENT = Basis(
    "rynek-pracy-2025/art-220-zasilek-porozumienie-stron", _LABOUR_MARKET, "art. 220 ust. 1 pkt 5 i ust. 2 pkt 3"
)
BENEFIT_AGREEMENT_EXCEPTIONS = Basis(
    "rynek-pracy-2025/art-220-zasilek-porozumienie-wyjatki", _LABOUR_MARKET, "art. 220 ust. 1 pkt 5"
)
BENEFIT_COMPENSATION = Basis(
    "rynek-pracy-2025/art-220-zasilek-odprawa", _LABOUR_MARKET, "art. 220 ust. 1 pkt 1–2 i ust. 2 pkt 1"
)
BENEFIT_LATE_DOCUMENTS = Basis(
    "rynek-pracy-2025/art-221-zasilek-dokumenty-pozniej", _LABOUR_MARKET, "art. 221", sure=False
)
BENEFIT_RATES = Basis("rynek-pracy-2025/art-224-zasilek-stawki", _LABOUR_MARKET, "art. 224 ust. 1–2")
BENEFIT_LENGTH = Basis("rynek-pracy-2025/art-225-zasilek-180-365-dni", _LABOUR_MARKET, "art. 225")
FREE_ACCESS = Basis("cudzoziemcy-2025/art-003-praca-bez-zezwolenia", _FOREIGNERS, "art. 3 ust. 1 i 5")
FOREIGN_STUDENTS = Basis("cudzoziemcy-2025/art-003-zagraniczni-studenci", _FOREIGNERS, "art. 3 ust. 7")
VISAS_WITHOUT_WORK = Basis("cudzoziemcy-2025/art-003-wizy-bez-prawa-do-pracy", _FOREIGNERS, "art. 3 ust. 3")
DECLARATION_STATES = Basis("cudzoziemcy-2025/art-003-panstwa-oswiadczen", _FOREIGNERS, "art. 3 ust. 8")
DECLARATION = Basis("cudzoziemcy-2025/art-061-oswiadczenie", _FOREIGNERS, "art. 61–71")
NOTIFICATION = Basis("cudzoziemcy-2025/art-005a-powiadomienie-ochrona-czasowa", _FOREIGNERS, "art. 5a")
UKRAINIANS = Basis("wygaszenie-ukraina-2026/art-041-ukraincy-bez-ochrony-czasowej", "DU/2026/203", "art. 40–41")
PERMIT_KINDS = Basis("cudzoziemcy-2025/art-006-rodzaje-zezwolen", _FOREIGNERS, "art. 6")
PERMIT_DUTIES = Basis("cudzoziemcy-2025/art-017-obowiazki-przy-zezwoleniu", _FOREIGNERS, "art. 15–20")
ONLINE_ONLY = Basis("cudzoziemcy-2025/art-008-tylko-elektronicznie", _FOREIGNERS, "art. 8")
FEES = Basis("cudzoziemcy-2025/art-010-oplaty", _FOREIGNERS, "art. 10 i 63")
FINES = Basis("cudzoziemcy-2025/art-084-wysokosc-grzywien", _FOREIGNERS, "art. 84 ust. 1–2 i 14")
SEASONAL_PERMIT = Basis("cudzoziemcy-2025/art-045-praca-sezonowa", _FOREIGNERS, "art. 45–54")
SEASONAL_LIMIT = Basis("cudzoziemcy-2025/art-058-przedluzenie-sezonowego", _FOREIGNERS, "art. 53–54 i 58")
LODGING = Basis("cudzoziemcy-2025/art-059-kwatera", _FOREIGNERS, "art. 59")
FOREIGNER_DOCUMENTS = Basis("cudzoziemcy-2025/art-004-dokument-i-umowa", _FOREIGNERS, "art. 4–5")
SINGLE_PERMIT = Basis("cudzoziemcy-2013/art-114-jednolite-zezwolenie", "DU/2013/1650", "art. 114 i 118")
SINGLE_PERMIT_CHANGE = Basis("cudzoziemcy-2013/art-120-zmiana-zezwolenia", "DU/2013/1650", "art. 119–120", sure=False)
ASYLUM = Basis("ochrona-cudzoziemcow-2003/art-035-praca-w-czasie-procedury", "DU/2003/1176", "art. 35")
OFFER_FIELDS = Basis(
    "rynek-pracy-2025/art-083-co-zawiera-oferta-pracy", _LABOUR_MARKET, "art. 83 i art. 98", sure=False
)
FAIR_OFFER = Basis("rynek-pracy-2025/art-083-oferta-bez-dyskryminacji", _LABOUR_MARKET, "art. 83")
OFFER_OFFICE = Basis("rynek-pracy-2025/art-083-zgloszenie-przez-pracodawce", _LABOUR_MARKET, "art. 83 ust. 5–15")
PAY_TRANSPARENCY = Basis("kodeks-pracy/art-018-3ca-jawnosc-plac", _LABOUR_CODE, "art. 18(3ca)")
CANDIDATES_DATA = Basis("kodeks-pracy/art-022-1-dane-kandydata", _LABOUR_CODE, "art. 22(1) § 1–2")
