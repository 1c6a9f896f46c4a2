"""All dialogues, by name."""

from __future__ import annotations

from actions.dialogues import (
    annual_leave,
    benefit,
    fixed_term,
    foreigner,
    job_offer,
    notice_period,
    overtime,
    parental_leave,
    part_time,
    registration,
    severance,
)
from actions.dialogues.model import Dialogue

_MODULES = (
    registration, benefit, notice_period, annual_leave, severance, part_time, overtime, fixed_term, parental_leave,
    foreigner, job_offer,
)  # fmt: skip
DIALOGUES: dict[str, Dialogue] = {module.DIALOGUE.name: module.DIALOGUE for module in _MODULES}
