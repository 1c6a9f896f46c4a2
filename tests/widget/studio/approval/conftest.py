from __future__ import annotations

from tests.widget.studio.pieces.conftest import folder, learner  # noqa: F401 - fixtures
