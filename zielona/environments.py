"""The two environments and what their processes are told."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from zielona.settings import ROOT, Settings

APP_PYTHON = ROOT / ".venv" / "app" / "bin" / "python"
BOT_PYTHON = ROOT / ".venv" / "bot" / "bin" / "python"


def secret(settings: Settings) -> str:
    """The configured secret, or a random one for development that stays the same between starts."""
    configured = settings.text("SECRET")
    if configured:
        return configured
    path = settings.var / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="utf-8").strip()


def process_environment(settings: Settings, run_folder: Path) -> dict[str, str]:
    """Environment of all services; `run_folder` holds what lives as long as they run."""
    return {
        **os.environ,
        **settings.values,
        "ZL_SECRET": secret(settings),
        "ZL_VAR": str(settings.var),
        "ZL_RUN": str(run_folder),
        "ZL_TRACKER_DB": str(run_folder / "tracker.db"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(settings.var / "rasa-cache"),
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        # glibc keeps an arena per thread; two are enough and save a few hundred megabytes.
        "MALLOC_ARENA_MAX": "2",
        # Sentences are small: threads that wait for each other cost far more than they bring.
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
        "TOKENIZERS_PARALLELISM": "false",
    }
