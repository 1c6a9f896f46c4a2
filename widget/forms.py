"""What is wrong with a form."""

from __future__ import annotations

from collections.abc import Mapping


class FormError(ValueError):
    """What has to be put right, by field of the form, in Polish."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)
