"""What is suggested on the page of a ticket, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.widget.accounts.people import Browser
from tests.widget.console.site import (
    ANSWER,
    FORMER,
    SOURCE,
    TOPIC,
    Console,
    answer,
    bot_answer,
    passage,
    path,
    suggestion_ids,
)  # fmt: skip
from widget.console.suggestions.models import Suggestion
from widget.console.suggestions.service import share_of, use_of
from widget.studio.labelling.models import LabelItem


def stored(console: Console) -> list[Suggestion]:
    with Session(console.services.engine) as session:
        return list(session.scalars(select(Suggestion).order_by(Suggestion.round, Suggestion.position)))


def test_assistant_and_passages_are_suggested_likeliest_first(console: Console, anna: Browser) -> None:
    ticket = console.ticket("mój PESEL 44051401359, czy dostanę zasiłek?")
    page = anna.get(path(ticket)).text
    assert [(item.kind, item.position) for item in stored(console)] == [("asystent", 1), ("fragment", 2)]
    assert ANSWER in page
    assert "91%" in page
    assert "art. 217" in page
    assert "obowiązuje od 01.06.2025" in page
    [asked] = console.bot.asked
    assert asked["text"] == "mój PESEL [PESEL], czy dostanę zasiłek?"
    assert asked["staff"] is True
    assert not console.services.repository.exists(asked["conversation"])
    assert console.fresh(ticket).topic == TOPIC


def test_suggestions_are_searched_once_for_a_ticket(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    first = suggestion_ids(anna.get(path(ticket)).text)
    assert suggestion_ids(anna.get(path(ticket)).text) == first
    assert len(console.bot.asked) == 1


def test_choices_of_the_assistant_are_answers_to_choose_from(console: Console, anna: Browser) -> None:
    ranking = [["zasilek_wysokosc", 0.4], ["zasilek_prawo", 0.3], ["nie_ma", 0.2]]
    console.bot.messages = [{"type": "choice", "text": "Czy chodzi o…", "trace": {"ranking": ranking}}]
    anna.get(path(console.ticket()))
    assert [item.topic for item in stored(console) if item.kind == "asystent"] == ["zasilek_wysokosc", "zasilek_prawo"]


def test_other_words_give_other_suggestions_and_keep_what_is_written(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    anna.get(path(ticket))
    console.bot.messages = [bot_answer("Urlop trwa 20 dni.", topic="urlop_wymiar")]
    page = anna.send(path(ticket, "szukaj"), query="urlop", text="Już napisane").text
    assert "Urlop trwa 20 dni." in page
    assert "Już napisane</textarea>" in page
    assert {item.round for item in stored(console)} == {1, 2}


def test_services_that_are_away_are_named_and_nothing_breaks(console: Console, anna: Browser) -> None:
    console.bot.away = console.search.away = True
    ticket = console.ticket()
    page = anna.get(path(ticket)).text
    assert "Asystent teraz nie odpowiada" in page
    assert "Wyszukiwarka teraz nie odpowiada" in page
    console.bot.away = console.search.away = False
    assert len(suggestion_ids(anna.get(path(ticket)).text)) == 2


def test_suggestion_on_former_law_is_marked(console: Console, anna: Browser) -> None:
    console.bot.messages = [bot_answer(sources=[FORMER])]
    page = anna.get(path(console.ticket())).text
    assert "sprawdź przepisy" in page
    assert "obowiązywał od 01.06.2004 do 31.05.2025" in page


def test_of_an_act_alone_that_nobody_has_checked_no_day_is_told(console: Console, anna: Browser) -> None:
    console.bot.messages = [bot_answer(sources=[{**SOURCE, "article": "", "verified": False}])]
    page = anna.get(path(console.ticket())).text
    assert '<span class="soft small">przepis jeszcze niesprawdzony</span>' in page


def test_rejected_suggestion_goes_to_the_editors_with_its_reason(console: Console, anna: Browser) -> None:
    ticket = console.ticket("Dzwonić: 600 700 800. Czy dostanę zasiłek?")
    first = suggestion_ids(anna.get(path(ticket)).text)[0]
    assert anna.send(path(ticket, "odrzuc"), suggestion=first, reason="nieaktualne").status_code == 303
    with Session(console.services.engine) as session:
        [item] = session.scalars(select(LabelItem))
    assert (item.source, item.reason, item.topic, item.state) == ("odrzucona_sugestia", "nieaktualne", TOPIC, "nowe")
    assert item.text == "Dzwonić: [telefon]. Czy dostanę zasiłek?"
    assert anna.send(path(ticket, "odrzuc"), suggestion=first, reason="bledne").status_code == 409
    page = anna.get(path(ticket)).text
    assert "odrzucona" in page
    assert "Odrzucona podpowiedź" in page


def test_suggestions_of_another_ticket_cannot_be_used(console: Console, anna: Browser) -> None:
    mine, other = console.ticket(), console.ticket()
    foreign = suggestion_ids(anna.get(path(other)).text)[0]
    assert anna.send(path(mine, "odrzuc"), suggestion=foreign, reason="bledne").status_code == 404
    assert answer(anna, mine, "Odpowiedź", taken=foreign).status_code == 404
    assert anna.send(path(mine, "odpowiedz"), take=foreign, text="").status_code == 404
    assert console.letters == []


def test_suggestion_is_taken_without_scripts(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    first, second = suggestion_ids(anna.get(path(ticket)).text)
    page = anna.send(path(ticket, "odpowiedz"), take=first, text="Dzień dobry.").text
    assert f"Dzień dobry.\n\n{ANSWER}</textarea>" in page
    page = anna.send(path(ticket, "odpowiedz"), take=second, text=ANSWER, taken=first).text
    assert page.count('name="taken"') == 2
    assert passage()["text"] in page


def test_answer_sent_before_is_suggested_for_a_similar_question(console: Console, anna: Browser) -> None:
    for text in ("Ile trwa urlop?", "Kto płaci za badania?", "Jak złożyć skargę na pracodawcę?", "Gdzie jest urząd?"):
        answer(anna, console.ticket(text), f"O tym: {text}")
    ticket = console.ticket("kto płaci za badania lekarskie")
    answers = console.desk.suggestions._gatherer._similar
    answers._made_at = None
    anna.get(path(ticket))
    [found] = [item for item in stored(console) if item.ticket_id == ticket.id and item.kind == "podobne"]
    assert found.text == "O tym: Kto płaci za badania?"
    assert found.origin.startswith("zgłoszenie ZL-")


def suggestion(text: str) -> Suggestion:
    return Suggestion(id="s", text=text, sources=[], topic=None)


def test_what_is_kept_of_a_suggestion_is_measured() -> None:
    taken = [suggestion(ANSWER)]
    whole = use_of(taken, ANSWER)
    assert (whole.likeness, [state for _, state, _ in whole.kept]) == (1.0, ["przyjeta"])
    edited = use_of(taken, ANSWER.replace("w urzędzie pracy", "przez internet") + " Pozdrawiam.")
    assert [state for _, state, _ in edited.kept] == ["zmieniona"]
    assert edited.likeness is not None
    assert 0.5 < edited.likeness < 1
    assert use_of(taken, "Zupełnie coś innego.").kept == []
    assert use_of([], ANSWER).likeness is None


@pytest.mark.parametrize(("sent", "share"), [("", 0.0), ("a b c d", 1.0), ("x a b y c d", 1.0), ("a b", 0.5)])
def test_share_counts_words_in_their_order(sent: str, share: float) -> None:
    assert share_of("a b c d", sent) == share


@given(st.text(max_size=60), st.text(max_size=60))
def test_shares_are_shares(one: str, other: str) -> None:
    assert 0 <= share_of(one, other) <= 1
    used = use_of([suggestion(one)], other)
    assert used.likeness is not None
    assert 0 <= used.likeness <= 1
