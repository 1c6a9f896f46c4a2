"""Each dialogue from the first question to the result; the rules themselves are tested beside their modules."""

from __future__ import annotations

from typing import Any

import pytest

from actions.dialogues import job_offer
from actions.dialogues.engine import DONE
from actions.dialogues.registry import DIALOGUES
from knowledge_base.content.store import Content
from tests.actions.dialogues.talk import Talk
from widget.tickets.counties import counties


def result(content: Content, name: str, *texts: str) -> dict[str, Any]:
    talk = Talk(name, content)
    talk.all(*texts)
    assert talk.state.outcome == DONE, talk.asked
    return talk.message


def test_benefit_after_an_agreement_waits_90_days_art_220(content: Content) -> None:
    text = result(content, "benefit", "15.12.2026", "14", "porozumienie stron", "22 lata", "15.05.1970", "nic")["text"]
    assert "pierwszy dzień: **15.03.2027**" in text
    assert "liczba dni wypłaty: **275 dni**" in text
    assert "stawka: **120%**" in text


def test_benefit_at_once_after_notice_of_the_employer_art_218(content: Content) -> None:
    text = result(
        content, "benefit", "15.12.2026", "18", "zwolnili mnie", "nie", "8 lat", "34 lata", "nic"
    )["text"]  # fmt: skip
    assert "pierwszy dzień: **15.12.2026**" in text
    assert "liczba dni wypłaty: **180 dni**" in text
    assert "stawka: **100%**" in text


def test_benefit_after_compensation_begins_later_art_220(content: Content) -> None:
    text = result(
        content, "benefit", "15.12.2026", "18", "zwolnili mnie", "tak", "31.12.2026", "8 lat", "34 lata", "nic"
    )["text"]  # fmt: skip
    assert "pierwszy dzień: **01.01.2027**" in text


def test_benefit_is_lost_by_own_notice_art_219(content: Content) -> None:
    text = result(content, "benefit", "15.12.2026", "18", "sam się zwolniłem", "nie")["text"]
    assert "Zasiłek się nie należy" in text
    assert "art. 219 ust. 1 pkt 1" in text


def test_benefit_with_unknowns_gives_what_is_possible(content: Content) -> None:
    text = result(
        content, "benefit", "15.12.2026", "od 11 do 13", "zwolnili mnie", "nie", "nie wiem", "nie wiem", "nic"
    )["text"]
    assert "zależy od brakujących danych" in text
    assert "stawka: **100% albo 120%**" in text
    assert "Co jeszcze o tym decyduje" in text


def test_benefit_of_a_suspended_business_waits_art_218(content: Content) -> None:
    text = result(
        content, "benefit", "15.12.2026", "18", "nie było umowy o pracę", "tak", "8 lat", "34 lata", "nic"
    )["text"]  # fmt: skip
    assert "pierwszy dzień: **15.03.2027**" in text


def test_notice_of_a_trial_contract_art_34(content: Content) -> None:
    text = result(content, "notice_period", "próbna", "2.11.2026", "31.01.2027", "16.11.2026")["text"]
    assert "2 tygodnie" in text or "1 tydzień" in text


def test_notice_says_what_could_make_it_longer_art_36(content: Content) -> None:
    text = result(content, "notice_period", "na stałe", "1.06.2025", "nie wiem", "nie wiem", "15.12.2026")["text"]
    assert "1 miesiąc" in text
    assert text.count("mogł") >= 1


def test_registration_while_work_lasts_art_2(content: Content) -> None:
    message = result(
        content, "registration", "jutro", "34 lata", "polak", "wypowiedzenie", "30.11.2026", "nie", "nie", "nie", "nic",
        "etat", "Łomża", "nie", "dowód",
    )  # fmt: skip
    assert "nie jest możliwa" in message["text"]
    assert "01.12.2026" in message["text"]
    assert "Powiatowy Urząd Pracy w Łomży" in message["text"]
    assert message["effect"]["kind"] == "checklist"
    assert any(line.endswith("Jest.") for line in message["effect"]["lines"])


def test_registration_of_a_foreigner_asks_for_the_number_but_not_its_digits_art_1(content: Content) -> None:
    talk = Talk("registration", content)
    talk.all("jutro", "34 lata", "inny tytuł pobytu")
    assert talk.asked == "has_pesel"
    assert "Numeru proszę nie podawać" in talk.message["text"]


@pytest.mark.parametrize(("age", "asks"), [("40 lat", False), ("1.05.1969", True), ("1.05.1960", True)])
def test_registration_asks_for_the_sex_only_near_the_upper_age_art_2(content: Content, age: str, *, asks: bool) -> None:
    talk = Talk("registration", content)
    talk.all("jutro", age)
    assert (talk.asked == "sex") is asks


def test_registration_at_an_age_near_a_threshold_needs_the_day(content: Content) -> None:
    talk = Talk("registration", content)
    talk.say("jutro")
    assert "dokładny dzień urodzenia" in talk.say("59 lat")


def test_registration_tells_offices_of_the_same_name_apart(content: Content) -> None:
    talk = Talk("registration", content)
    talk.all("jutro", "40 lat", "polskie", "brak", "nie", "nie", "nie ma", "nic", "żadna")
    assert "więcej niż jedno" in talk.say("Brzeziny")
    talk.say(talk.titles[0])
    assert talk.asked == "can_sign"


def test_annual_leave_with_unknown_seniority_gives_both_art_154(content: Content) -> None:
    text = result(
        content, "annual_leave", "2026", "nie", "1.03.2024", "nie", "cały etat", "liceum", "nie wiem", "nie wiem"
    )["text"]  # fmt: skip
    assert "20 dni albo 26 dni" in text


def test_annual_leave_in_the_first_year_of_work_art_153(content: Content) -> None:
    text = result(content, "annual_leave", "2026", "tak", "1.06.2026", "nie", "cały etat", "liceum")["text"]
    assert "11,67" in text


def test_severance_is_capped_art_8(content: Content) -> None:
    text = result(
        content, "severance", "50", "zwolnienie grupowe", "1.01.2010", "31.12.2026", "nie", "40 000 zł"
    )["text"]  # fmt: skip
    assert "72\u00a0090" in text
    assert "najwyższa kwota" in text


def test_severance_needs_the_reason_of_the_employer_art_10(content: Content) -> None:
    assert "się nie należy" in result(content, "severance", "50", "sam się zwolniłem")["text"]


def test_part_of_the_minimum_wage_art_6(content: Content) -> None:
    assert "1201,50" in result(content, "part_time", "1/4", "grudzień 2026")["text"]


def test_overtime_pay_art_151_1(content: Content) -> None:
    text = result(content, "overtime", "październik 2026", "5280", "tak", "cały etat", "10", "0", "0", "0", "0")["text"]
    # 5280 / 176 hours is 30 zloty; ten hours of overtime are 300, their supplement of half 150.
    assert "450" in text


def test_fourth_contract_is_open_ended_art_25_1(content: Content) -> None:
    text = result(
        content, "fixed_term", "4", "od 1.01.2026 do 31.01.2026", "od 1.02.2026 do 28.02.2026",
        "od 1.03.2026 do 31.03.2026", "od 1.04.2026 do 30.04.2026", "żadna", "1.12.2026",
    )["text"]  # fmt: skip
    assert "Od 01.04.2026 umowa jest z mocy prawa na czas nieokreślony" in text


def test_contracts_with_a_reason_do_not_count_art_25_1(content: Content) -> None:
    text = result(
        content, "fixed_term", "2", "od 1.01.2026 do 31.03.2026", "od 1.04.2026 do 30.06.2026", "1", "1.12.2026"
    )["text"]  # fmt: skip
    assert "1 umowę z 3" in text


def test_leaves_of_parents_art_180(content: Content) -> None:
    text = result(content, "parental_leave", "15.02.2027", "1", "0", "nie wiem")["text"]
    assert "20 tygodni" in text
    assert "24 tygodnie dłuższy" in text


def test_a_citizen_of_the_union_is_not_asked_for_a_title_of_stay(content: Content) -> None:
    text = result(content, "foreigner", "Niemcy", "zwykła", "15.01.2027", "2 lata")["text"]
    assert "Nie potrzeba zezwolenia" in text


def test_temporary_protection_needs_a_notification_art_5a(content: Content) -> None:
    text = result(content, "foreigner", "Ukraina", "pesel ukr", "zwykła", "15.01.2027", "rok")["text"]
    assert "powiadomić urząd pracy" in text
    assert "22.01.2027" in text


OFFER = (
    "Piekarnia Kłos", "sprzedawca lub sprzedawczyni", "2", "Łomża", "Obsługa klienta", "umowa o pracę", "pół etatu",
    "pon-pt 8-12", "15.01.2027", "za miesiąc", "2500", "Bez przedziału", "czasowo", "bez wymagań", "dokładność",
    "31.01.2027", "telefonicznie",
)  # fmt: skip


def test_a_job_offer_is_recapitulated_and_handed_to_the_page(content: Content) -> None:
    talk = Talk("job_offer", content)
    assert "pracodawca: Piekarnia Kłos" in talk.all(*OFFER)
    talk.say("Chcę coś zmienić")
    assert talk.asked == "confirm"
    talk.say("zmień liczbę miejsc na 3")
    talk.all("Zgadza się")
    effect = talk.message["effect"]
    assert effect["kind"] == "job_offer"
    assert effect["offer"]["vacancies"] == 3
    assert effect["offer"]["education"] is None
    assert effect["office"] == "pup_lomza"
    assert counties().titles[effect["county"]] == "miasto Łomża"
    assert not {"phone", "email", "nip", "contact_name"} & set(effect["offer"])
    assert "Zgłoś ofertę pracy" not in talk.titles


def test_pay_below_the_minimum_is_explained_with_the_least_amount_art_6(content: Content) -> None:
    talk = Talk("job_offer", content)
    talk.all(*OFFER[:10])
    text = talk.say("2000")
    assert "niższe od minimalnego" in text
    assert talk.titles[0] == "2475\u00a0zł"
    talk.say(talk.titles[0])
    assert talk.asked == "pay_to"


def test_a_change_of_the_contract_checks_the_pay_again(content: Content) -> None:
    talk = Talk("job_offer", content)
    talk.all(*OFFER)
    talk.say("zmień wymiar etatu na cały etat")
    text = talk.say("Zgadza się")
    assert "niższe od minimalnego" in text
    assert talk.asked == "pay_from"


def test_a_title_of_one_sex_is_commented_on_at_once_and_changed_by_a_button(content: Content) -> None:
    talk = Talk("job_offer", content)
    text = talk.all("Piekarnia Kłos", "sprzedawczyni")
    assert talk.asked == "vacancies"
    assert "Nazwa stanowiska powinna być neutralna" in text
    assert "art. 18(3ca)" in text
    text = talk.say(talk.titles[0])
    assert talk.answers["title"] == "sprzedawca / sprzedawczyni"
    assert talk.asked == "vacancies"
    assert "neutralna" not in text


def test_advice_is_given_once(content: Content) -> None:
    talk = Talk("job_offer", content)
    talk.all("Piekarnia Kłos", "sprzedawczyni")
    assert "neutralna" not in talk.say("2")
    talk.all(*OFFER[3:], "Zgadza się")
    assert "neutralna" not in talk.message["text"]


def test_a_proposal_too_long_for_a_button_stands_in_the_text_alone(content: Content) -> None:
    talk = Talk("job_offer", content)
    text = talk.all("Piekarnia Kłos", "sprzedawczyni " + "bardzo " * 12 + "dobrego pieczywa")
    assert "Można napisać: „sprzedawca / sprzedawczyni bardzo" in text
    assert not any(title.startswith("Zmień") for title in talk.titles)


def test_monthly_pay_of_a_mandate_is_commented_on_when_it_is_known(content: Content) -> None:
    talk = Talk("job_offer", content)
    talk.all(*OFFER[:5], "zlecenie", *OFFER[7:10])
    assert "Przy zleceniu każda godzina" in talk.say("4000")
    assert talk.asked == "pay_to"


@pytest.mark.parametrize("name", ["registration", "foreigner", "job_offer"])
def test_who_reckons_nothing_says_what_was_checked(content: Content, name: str) -> None:
    answers = {
        "registration": ("jutro", "34 lata", *["nie wiem"] * 11),
        "foreigner": ("Niemcy", "zwykła", "15.01.2027", "2 lata"),
        "job_offer": (*OFFER, "Zgadza się"),
    }[name]
    text = result(content, name, *answers)["text"]
    assert "**Co sprawdzono**" in text
    assert "Jak to policzono" not in text


def test_discriminating_words_are_explained_with_a_proposal_art_83(content: Content) -> None:
    talk = Talk("job_offer", content)
    talk.all(*OFFER[:14])
    text = talk.say("tylko młode kobiety")
    assert talk.asked == "requirements"
    assert "art. 83" in text or "art. 18(3a)" in text


def test_no_question_of_an_offer_asks_for_personal_data() -> None:
    asked = {question.name for question in DIALOGUES["job_offer"].questions}
    assert not asked & {"phone", "email", "nip", "contact_name"}
    assert job_offer.draft_of({"title": "kucharz", "education": "Bez wymagań"}).education is None
