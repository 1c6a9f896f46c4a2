"""Guided dialogues as Rasa's domain and rules say them. Plain data, no Rasa."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_base.content.dialogues import DialogueText


def dialogue_domain(dialogues: Iterable[DialogueText]) -> dict[str, Any]:
    """Intents, forms, slots and actions of dialogues, as a domain file says them.

    Slots are filled by the form's validating action alone, and what is in them predicts nothing.
    """
    domain: dict[str, Any] = {"intents": [], "forms": {}, "slots": {}, "actions": []}
    for dialogue in dialogues:
        slots = [dialogue.slot(question) for question in dialogue.questions]
        domain["intents"].append(dialogue.intent)
        domain["forms"][dialogue.form] = {"required_slots": slots}
        domain["actions"].append(f"validate_{dialogue.form}")
        mapping = {"type": "custom", "conditions": [{"active_loop": dialogue.form}]}
        for slot in slots:
            domain["slots"][slot] = {"type": "any", "influence_conversation": False, "mappings": [mapping]}
    return domain


def dialogue_rules(dialogues: Iterable[DialogueText]) -> str:
    """The rules that begin each form and that follow when it closes, as items of a YAML list."""
    return "".join(
        f"- rule: start {dialogue.name}\n  steps:\n  - intent: {dialogue.intent}\n  - action: {dialogue.form}\n"
        f"  - active_loop: {dialogue.form}\n"
        f"- rule: finish {dialogue.name}\n  condition:\n  - active_loop: {dialogue.form}\n  steps:\n"
        f"  - action: {dialogue.form}\n  - active_loop: null\n  - slot_was_set:\n    - requested_slot: null\n"
        "  - action: action_finish_dialogue\n"
        for dialogue in dialogues
    )
