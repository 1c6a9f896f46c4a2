from __future__ import annotations

import pytest

from knowledge_base.content.dialogues import MIN_START_EXAMPLES, load_dialogue, load_dialogues
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import ContentPaths
from tests.knowledge_base.test_content import findings, folder

__all__ = ["folder"]

DIALOGUE = """dialog: {name}
title: Próba
button: Sprawdź próbę
intro: Zadam jedno pytanie.
related: [{related}]
start:
{start}
questions:
  kind:
    ask: Jaka to praca?
    why: Od tego zależy wynik.
    hint: Proszę wybrać jedną z odpowiedzi.
    names: [praca]
    options:
      - {{value: etat, title: Etat, synonyms: [umowa o pracę]}}
      - {{value: zlecenie, title: Zlecenie, synonyms: [{synonym}]}}
"""


def write(
    paths: ContentPaths,
    *,
    name: str = "proba",
    file: str = "proba",
    related: str = "proba",
    examples: int = MIN_START_EXAMPLES,
    synonym: str = "zlecenia",
) -> None:
    paths.dialogues.mkdir(parents=True, exist_ok=True)
    start = "\n".join(f"  - policz próbę numer {number}" for number in range(examples))
    text = DIALOGUE.format(name=name, related=related, start=start, synonym=synonym)
    (paths.dialogues / f"{file}.yml").write_text(text, encoding="utf-8")


def messages(paths: ContentPaths) -> str:
    return " ".join(str(finding) for finding in findings(paths))


def test_names_of_intent_form_and_slots_follow_the_dialogue(folder: ContentPaths) -> None:
    write(folder)
    (dialogue,) = load_dialogues(folder.dialogues).values()
    assert (dialogue.intent, dialogue.form, dialogue.slot("kind")) == ("dialog_proba", "proba_form", "proba_kind")
    assert dialogue.start_payload == '/rozpocznij{"dialog": "proba"}'
    assert [option.value for option in dialogue.questions["kind"].options] == ["etat", "zlecenie"]


@pytest.mark.parametrize(
    ("wrong", "message"), [({"name": "inna"}, "różni się"), ({"examples": 3}, "za mało przykładów")]
)
def test_a_file_that_cannot_be_used_says_why(folder: ContentPaths, wrong: dict[str, object], message: str) -> None:
    write(folder, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ContentError, match=message):
        load_dialogue(folder.dialogues / "proba.yml")
    with pytest.raises(ContentError, match=message):
        load_dialogues(folder.dialogues)


def test_a_good_dialogue_is_passed(folder: ContentPaths) -> None:
    write(folder)
    assert findings(folder) == []


def test_unknown_topics_and_repeated_synonyms_are_found(folder: ContentPaths) -> None:
    write(folder, related="nie_ma", synonym="Umowa o prace")
    assert "nieznany temat „nie_ma”" in messages(folder)
    assert "jest tu dwa razy" in messages(folder)
