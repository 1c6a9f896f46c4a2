"""Gunicorn's own log as JSON, see `zielona.logs`."""

from __future__ import annotations

import os
from typing import Any

from gunicorn.glogging import Logger

from zielona.logs import JsonFormatter


class JsonLogger(Logger):  # type: ignore[misc]
    """Named by `--logger-class`; the name of the service comes in ZL_SERVICE."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter(os.environ.get("ZL_SERVICE", "")))
