"""What can go wrong with an official text, told to the operator in Polish."""

from __future__ import annotations


class ActError(RuntimeError):
    """The act cannot be imported; the text says why and what to do. What was imported before stays in use."""


class MissingError(ActError):
    """The service knows no such address."""
