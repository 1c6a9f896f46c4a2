from __future__ import annotations

import pytest

from knowledge_base.content.store import Content


class BriefContent:
    """The real content without its long name: hypothesis prints the arguments of an example that fails."""

    def __init__(self, content: Content) -> None:
        vars(self).update(vars(content))


@pytest.fixture(scope="session")
def content(content: Content) -> BriefContent:
    return BriefContent(content)
