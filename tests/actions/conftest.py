from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from knowledge_base.content.store import Content

# How long an example takes says more about the machine than about the rule.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


class BriefContent:
    """The real content without its long name: hypothesis prints the arguments of an example that fails."""

    def __init__(self, content: Content) -> None:
        vars(self).update(vars(content))


@pytest.fixture(scope="session")
def content(content: Content) -> BriefContent:
    return BriefContent(content)
