from __future__ import annotations

import yaml

from bot.dialogues import dialogue_domain, dialogue_rules
from knowledge_base.content.store import Content


def test_every_question_has_a_slot_that_its_form_alone_fills(content: Content) -> None:
    domain = dialogue_domain(content.dialogues.values())
    for dialogue in content.dialogues.values():
        slots = domain["forms"][dialogue.form]["required_slots"]
        assert slots == [dialogue.slot(question) for question in dialogue.questions]
        for slot in slots:
            mapping = {"type": "custom", "conditions": [{"active_loop": dialogue.form}]}
            assert domain["slots"][slot] == {"type": "any", "influence_conversation": False, "mappings": [mapping]}


def test_every_dialogue_has_an_intent_and_a_validating_action(content: Content) -> None:
    domain = dialogue_domain(content.dialogues.values())
    assert domain["intents"] == [f"dialog_{name}" for name in content.dialogues]
    assert domain["actions"] == [f"validate_{name}_form" for name in content.dialogues]


def test_rules_begin_and_finish_every_form(content: Content) -> None:
    rules = {rule["rule"]: rule for rule in yaml.safe_load(dialogue_rules(content.dialogues.values()))}
    assert len(rules) == 2 * len(content.dialogues)
    assert rules["start benefit"]["steps"] == [
        {"intent": "dialog_benefit"}, {"action": "benefit_form"}, {"active_loop": "benefit_form"},
    ]  # fmt: skip
    finish = rules["finish benefit"]
    assert finish["condition"] == [{"active_loop": "benefit_form"}]
    assert finish["steps"][-1] == {"action": "action_finish_dialogue"}
