"""The form engine, tried on two real dialogues: what a person may say at any question."""

from __future__ import annotations

import datetime as dt

import pytest

from actions.dialogues.engine import CANCELLED, DONE, RESUME, SWITCH, SWITCHED
from actions.dialogues.messages import HUMAN_TOPIC
from knowledge_base.content.store import Content
from tests.actions.dialogues.talk import Talk


@pytest.fixture
def benefit(content: Content) -> Talk:
    return Talk("benefit", content)


@pytest.fixture
def notice(content: Content) -> Talk:
    return Talk("notice_period", content)


def test_the_first_question_comes_with_the_introduction_and_the_progress(benefit: Talk) -> None:
    assert benefit.message["type"] == "question"
    assert "Sprawdzę, czy zasiłek" in benefit.message["text"]
    assert "Pytanie 1 z około 7" in benefit.message["text"]


def test_an_answer_leads_to_the_next_question(benefit: Talk) -> None:
    text = benefit.say("jutro")
    assert benefit.asked == "months"
    assert "Zapisane: **27.11.2026**" in text
    assert "Pytanie 2" in text


def test_an_answer_in_the_words_of_the_form_is_not_repeated(benefit: Talk) -> None:
    benefit.say("jutro")
    assert "Zapisane" not in benefit.say("14 miesięcy")


def test_more_than_a_number_is_shown_without_the_most_there_can_be(benefit: Talk) -> None:
    benefit.all("jutro", "14", "porozumienie stron")
    assert "Zapisane: **co najmniej 20 lat**" in benefit.say("ponad 20 lat")


def test_options_stand_on_buttons_that_say_what_they_send(benefit: Talk) -> None:
    benefit.all("jutro", "14 miesięcy")
    assert all(button["title"] == button["payload"] for button in benefit.message["buttons"])
    assert {"Porozumienie stron", "Nie wiem", "Cofnij"} <= set(benefit.titles)


def test_every_button_of_a_choice_is_an_answer(benefit: Talk) -> None:
    benefit.all("jutro", "14 miesięcy")
    for title in benefit.titles[:-2]:
        benefit.all(title)
        assert benefit.answers["ended"] is not None
        benefit.say("zmień sposób zakończenia")
        assert benefit.asked == "ended"


@pytest.mark.parametrize("text", ["cofnij", "Cofnij", "wróć", "wstecz", "poprzednie pytanie"])
def test_back_asks_the_last_question_again(benefit: Talk, text: str) -> None:
    benefit.all("jutro", "14 miesięcy")
    benefit.say(text)
    assert benefit.asked == "months"
    assert "months" not in benefit.answers


def test_back_at_the_first_question_stays_there(benefit: Talk) -> None:
    assert "To pierwsze pytanie" in benefit.say("cofnij")
    assert benefit.asked == "registered_on"


@pytest.mark.parametrize("text", ["zacznij od nowa", "od początku", "zacznijmy wszystko od nowa", "reset"])
def test_restart_forgets_all_answers(benefit: Talk, text: str) -> None:
    benefit.all("jutro", "14 miesięcy")
    benefit.say(text)
    assert benefit.answers == {}
    assert benefit.asked == "registered_on"


@pytest.mark.parametrize("text", ["nie wiem", "niewiem", "nie pamiętam", "nie mam pojęcia", "trudno powiedzieć"])
def test_not_known_is_an_answer_where_the_case_can_do_without(benefit: Talk, text: str) -> None:
    benefit.all("jutro", text)
    assert benefit.answers["months"] is None
    assert benefit.asked == "ended"


def test_not_known_is_none_where_the_case_needs_the_answer(benefit: Talk) -> None:
    assert "Bez tej odpowiedzi" in benefit.say("nie wiem")
    assert benefit.asked == "registered_on"


@pytest.mark.parametrize("text", ["anuluj", "przerwij", "stop", "koniec", "rezygnuję", "nie chcę już"])
def test_cancel_closes_the_form(benefit: Talk, text: str) -> None:
    benefit.say("jutro")
    assert "jest przerwany" in benefit.say(text)
    assert benefit.state.outcome == CANCELLED


@pytest.mark.parametrize("text", ["dlaczego o to pytacie", "po co wam to", "czemu pytacie?", "a po co ta informacja?"])
def test_why_explains_and_asks_again(benefit: Talk, text: str) -> None:
    assert "liczy się wstecz 18 miesięcy" in benefit.say(text)
    assert benefit.asked == "registered_on"
    assert not benefit.state.failures


def test_help_says_how_to_answer(benefit: Talk) -> None:
    text = benefit.say("nie rozumiem")
    assert "Proszę podać datę" in text
    assert "cofnij" in text


def test_the_answers_so_far_can_be_seen(benefit: Talk) -> None:
    benefit.all("jutro", "14 miesięcy")
    text = benefit.say("podsumowanie")
    assert "dzień rejestracji: 27.11.2026" in text
    assert "miesiące pracy: 14 miesięcy" in text


@pytest.mark.parametrize(
    "text", ["jednak 10 miesięcy", "nie, 10 miesięcy", "pomyłka, 10 miesięcy", "zmień miesiące pracy na 10"]
)
def test_an_earlier_answer_is_corrected(benefit: Talk, text: str) -> None:
    benefit.all("jutro", "14 miesięcy")
    benefit.say(text)
    assert benefit.answers["months"].high == 10


def test_a_correction_finds_the_answer_of_its_kind(benefit: Talk) -> None:
    benefit.all("jutro", "14 miesięcy", "porozumienie stron", "22 lata")
    text = benefit.say("jednak wczoraj")
    assert benefit.answers["registered_on"] == dt.date(2026, 11, 25)
    assert "Zmienione – dzień rejestracji" in text
    assert benefit.asked == "birth"


def test_a_correction_by_name_alone_asks_again(benefit: Talk) -> None:
    benefit.all("jutro", "14 miesięcy", "porozumienie stron")
    benefit.say("popraw dzień rejestracji")
    assert benefit.asked == "registered_on"
    assert "ended" in benefit.answers


def test_a_correction_drops_answers_that_it_makes_needless(notice: Talk) -> None:
    notice.all("na stałe", "od marca 2020", "tak", "rok")
    notice.say("zmień wcześniejszą pracę na nie")
    assert "earlier" not in notice.answers


def test_the_same_age_can_be_said_and_changed(content: Content) -> None:
    talk = Talk("registration", content)
    talk.all("jutro", "34 lata")
    talk.say("zmień wiek na 45")
    assert talk.answers["birth"].age == 45


def test_a_wrong_value_is_explained(benefit: Talk) -> None:
    benefit.say("jutro")
    assert "najwyżej 18 miesięcy" in benefit.say("30 miesięcy")
    assert benefit.asked == "months"
    assert "Takiego dnia nie ma w kalendarzu" in Talk("benefit", benefit.content).say("31.02.2027")


def test_what_is_no_value_is_met_with_a_hint(benefit: Talk) -> None:
    assert "na przykład 15.12.2026" in benefit.say("blabla")


def test_after_three_failures_a_human_is_offered(benefit: Talk) -> None:
    for text in ("bla", "ble", "blu"):
        assert not any(button["payload"] == f"/{HUMAN_TOPIC}" for button in benefit.message["buttons"])
        benefit.say(text)
    assert any(button["payload"] == f"/{HUMAN_TOPIC}" for button in benefit.message["buttons"])
    assert "19524" in benefit.message["text"]
    benefit.say("jutro")
    assert benefit.state.failures == 0


def test_a_question_in_between_is_set_aside_and_the_form_asks_again(benefit: Talk) -> None:
    benefit.say("jutro")
    text = benefit.say("a co to jest okres zasiłkowy?", topic="zasilek_jak_dlugo")
    assert benefit.aside
    assert benefit.asked == "months"
    assert "Pytanie 2" in text


def test_a_question_without_a_mark_is_set_aside_where_its_topic_is_sure(benefit: Talk) -> None:
    benefit.say("opowiedz o dokumentach do rejestracji", topic="rejestracja_dokumenty")
    assert benefit.aside


def test_a_clear_value_is_taken_whatever_the_classifier_thinks(benefit: Talk) -> None:
    benefit.say("jutro", topic="rejestracja_kiedy")
    benefit.say("14 miesięcy", topic="zasilek_365_dni")
    assert not benefit.aside
    assert benefit.asked == "ended"


def test_free_text_is_an_answer_unless_it_asks(content: Content) -> None:
    talk = Talk("job_offer", content)
    talk.say("Biuro podatków i zasiłków", topic="zasilek_podatek")
    assert talk.answers["employer"] == "Biuro podatków i zasiłków"
    talk.say("a ile kosztuje zgłoszenie oferty?", topic="oferta_pracy_zgloszenie")
    assert talk.aside
    assert talk.asked == "title"


def test_the_button_of_a_topic_is_a_question_in_between(benefit: Talk) -> None:
    benefit.say("/zasilek_prawo", topic="zasilek_prawo", button=True)
    assert benefit.aside


def test_another_dialogue_is_begun_after_asking(benefit: Talk) -> None:
    benefit.say("jutro")
    text = benefit.say("policz mi urlop", starts="annual_leave")
    assert benefit.state.pending == SWITCH
    assert "Urlop wypoczynkowy" in text
    benefit.say("tak")
    assert (benefit.state.outcome, benefit.state.target) == (SWITCHED, "annual_leave")


def test_who_does_not_want_to_switch_goes_on(benefit: Talk) -> None:
    benefit.say("jutro")
    benefit.say("policz mi urlop", starts="annual_leave")
    benefit.say("nie")
    assert benefit.state.pending is None
    assert benefit.asked == "months"


def test_nothing_is_asked_where_nothing_is_lost(benefit: Talk) -> None:
    benefit.say("policz mi urlop", starts="annual_leave")
    assert benefit.state.outcome == SWITCHED


def test_the_same_dialogue_is_not_begun_twice(benefit: Talk) -> None:
    benefit.say("jutro")
    assert "już trwa" in benefit.say("policz zasiłek", starts="benefit")


@pytest.mark.parametrize("starts", ["benefit", "annual_leave"])
def test_an_answer_begins_no_dialogue_whatever_it_was_taken_for(benefit: Talk, starts: str) -> None:
    benefit.say("jutro", starts=starts)
    benefit.say("14 miesięcy", starts=starts)
    assert benefit.asked == "ended"
    assert (benefit.state.pending, benefit.state.outcome) == (None, None)


def test_a_button_of_a_choice_is_an_answer_even_where_it_names_its_dialogue(content: Content) -> None:
    talk = Talk("part_time", content)
    talk.say("1/2 etatu", starts="part_time")
    assert talk.asked != "fraction"
    assert "już trwa" not in talk.message["text"]


def test_a_form_left_for_an_hour_asks_whether_to_go_on(benefit: Talk) -> None:
    benefit.say("jutro")
    benefit.now += dt.timedelta(hours=2)
    text = benefit.say("14 miesięcy")
    assert benefit.state.pending == RESUME
    assert "ponad godzina" in text
    assert benefit.titles == ["Kontynuuj", "Przerwij"]


def test_going_on_takes_the_answer_that_was_given(benefit: Talk) -> None:
    benefit.say("jutro")
    benefit.now += dt.timedelta(hours=2)
    benefit.all("14 miesięcy", "Kontynuuj")
    assert benefit.answers["months"].low == 14
    assert benefit.asked == "ended"


def test_a_form_left_for_an_hour_can_be_dropped(benefit: Talk) -> None:
    benefit.say("jutro")
    benefit.now += dt.timedelta(hours=2)
    benefit.say("dzień dobry")
    benefit.say("Przerwij")
    assert benefit.state.outcome == CANCELLED


def test_a_result_that_the_rules_refuse_goes_back_to_the_question(notice: Talk) -> None:
    text = notice.all("na okres próbny", "1.11.2026", "31.01.2027", "15.10.2026")
    assert notice.state.outcome is None
    assert notice.asked == "given_on"
    assert "wcześniejszy niż początek umowy" in text


def test_a_result_has_steps_sources_and_a_way_to_begin_again(notice: Talk) -> None:
    text = notice.all("na stałe", "1.03.2020", "nie", "nie", "dziś")
    assert notice.state.outcome == DONE
    assert notice.message["type"] == "answer"
    assert "Jak to policzono" in text
    assert {source["act"] for source in notice.message["sources"]} == {"DU/1974/141"}
    assert all(
        set(source) >= {"article", "title", "url", "valid_from", "checked_on"} for source in notice.message["sources"]
    )
    assert notice.message["buttons"][0] == {
        "title": "Jeszcze raz, od początku", "payload": '/rozpocznij{"dialog": "notice_period"}'
    }  # fmt: skip


def test_a_note_says_where_something_is_not_confirmed(benefit: Talk, notice: Talk) -> None:
    assert "do potwierdzenia" not in notice.all("na stałe", "1.03.2020", "nie", "nie", "dziś")
    assert "do potwierdzenia" in benefit.all("jutro", "14", "porozumienie stron", "22 lata", "40 lat", "nic")
