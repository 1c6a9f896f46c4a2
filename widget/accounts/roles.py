"""Roles of staff, listed once."""

from __future__ import annotations

from enum import Enum


class Role(str, Enum):
    """What a member of staff may do; each has exactly one."""

    CONSULTANT = "konsultant"
    EDITOR = "redaktor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Role.CONSULTANT: "Konsultant",
    Role.EDITOR: "Redaktor",
    Role.ADMINISTRATOR: "Administrator",
}
DUTIES = {
    Role.CONSULTANT: "odpowiada na zgłoszenia, prowadzi rozmowy, pracuje przy telefonie",
    Role.EDITOR: "zmienia treść odpowiedzi i przykłady pytań",
    Role.ADMINISTRATOR: "zarządza kontami, partnerami i dziennikiem zdarzeń",
}
EVERYBODY = tuple(Role)
