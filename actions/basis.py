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
