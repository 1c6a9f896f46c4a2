"""Every kind of event, channel and outcome, once, with its Polish label."""

from __future__ import annotations

from dataclasses import dataclass

from widget.chat.outcomes import LABELS

CHANNELS = {
    "chat": "czat",
    "form": "formularz",
    "phone": "telefon",
    "e_mail": "e-mail",
    "search": "wyszukiwarka",
}
# How the question of a turn ended, in groups that are counted together: `widget.chat.outcomes.Outcome` by group.
GROUPS = {
    "answered": ("answered", "search"),
    "choices": ("choices",),
    "asked": ("question",),
    "unknown": ("unknown",),
    "handed_over": ("handed_over",),
    "unreadable": ("unreadable",),
    "failed": ("failed_bot", "failed_actions", "failed_all"),
}
GROUP_LABELS = {
    "answered": "odpowiedź lub fragment z wyszukiwarki",
    "choices": "propozycje do wyboru",
    "asked": "pytanie formularza",
    "unknown": "asystent nie wie",
    "handed_over": "przekazanie człowiekowi",
    "unreadable": "wiadomość bez słów",
    "failed": "awaria którejś z usług",
}
SUGGESTION_LABELS = {"taken": "przyjęta bez zmian", "edited": "przyjęta po zmianach", "rejected": "odrzucona"}
OUTCOMES = {**{outcome.value: label for outcome, label in LABELS.items()}, **SUGGESTION_LABELS}
_TURN = tuple(outcome.value for outcome in LABELS)


@dataclass(frozen=True)
class Kind:
    """`contact` kinds make up the volume: each is one time that somebody turned to the service."""

    label: str
    channels: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    contact: bool = False


KINDS = {
    "question": Kind("pytanie do asystenta", ("chat",), _TURN, contact=True),
    "search": Kind("pytanie do wyszukiwarki", ("search",), ("answered", "choices", "unknown"), contact=True),
    "ticket": Kind("zgłoszenie do człowieka", ("chat", "form", "phone", "e_mail"), contact=True),
    "call": Kind("rozmowa telefoniczna", ("phone",), ("answered", "unknown", "handed_over"), contact=True),
    "rating": Kind("ocena", ("chat", "form", "phone", "e_mail")),
    "suggestion": Kind("podpowiedź dla konsultanta", ("form", "phone", "e_mail", "chat"), tuple(SUGGESTION_LABELS)),
}
CONTACTS = tuple(name for name, kind in KINDS.items() if kind.contact)
