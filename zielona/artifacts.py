"""What is built from content and code: both language pipelines, the index, the dialogue model, the database.

Each is keyed by a hash of its inputs and built only when that has changed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from knowledge_base.content.dialogues import load_dialogues
from knowledge_base.content.store import ContentPaths, content_version
from knowledge_base.search.cache import VECTORS
from zielona.environments import APP_PYTHON, BOT_PYTHON, process_environment
from zielona.progress import run_step, say
from zielona.releases import MODEL_PREFIX, ReleaseFiles
from zielona.settings import ROOT, Settings

_KEEP_MODELS = 3
_CONFIG = "bot/config.yml"
# Channels, answers and endpoints of the bot are read when it runs: no reason to train.
_TRAINED_BY = (
    "bot/importer.py",
    "bot/dialogues.py",
    "bot/components/*.py",
    "bot/config.yml",
    "bot/data/*.yml",
    "bot/domain/*.yml",
)


def code_hash(*patterns: str) -> str:
    """Hash over names and bytes of the files that match, below the project's root."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def language_key(environment: str, paths: ContentPaths | None = None) -> str:
    lock = code_hash(
        "knowledge_base/language/*.py", "knowledge_base/content/text.py", f"requirements/{environment}.txt"
    )
    return _key([content_version(paths or ContentPaths()), lock])


def model_key(paths: ContentPaths | None = None) -> str:
    paths = paths or ContentPaths()
    code = code_hash(*_TRAINED_BY, "requirements/bot.txt", "knowledge_base/content/*.py")
    # Of dialogues the model learns what begins them and which answers they have; their texts are read when asked.
    dialogues = [
        " ".join([dialogue.name, *dialogue.questions, *dialogue.start])
        for dialogue in load_dialogues(paths.dialogues).values()
    ]
    calibration = paths.calibration.read_text(encoding="utf-8") if paths.calibration.exists() else ""
    return _key([language_key("bot", paths), code, calibration, *dialogues])


class Artifacts:
    """Builds what is missing below the folder of the settings, out of the folder that editors change.

    With a `release`, out of its snapshot and into its own folder, so that nothing else is touched.
    """

    def __init__(self, settings: Settings, run_folder: Path, *, release: ReleaseFiles | None = None) -> None:
        self._settings = release.serving if release else settings
        self._release = release
        self._paths = ContentPaths(self._settings.content_root)
        self._language = release.language if release else settings.var / "language"
        self._environment = process_environment(self._settings, run_folder)
        self._logs = release.logs if release else settings.var / "log"

    def build_all(self) -> None:
        """Build everything that does not fit its inputs. Raises StepError."""
        self.build_language("app")
        self.build_language("bot")
        self.build_index()
        self.build_official_index()
        self.train()
        self.migrate()

    def build_language(self, environment: str) -> None:
        folder = self._language
        stamp = folder / f"{environment}.key"
        key = language_key(environment, self._paths)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == key and (folder / environment).exists():
            return
        python = APP_PYTHON if environment == "app" else BOT_PYTHON
        command = [str(python), "-m", "knowledge_base.language.build", str(folder / environment)]
        self._run(f"Buduję potok języka polskiego ({environment})", command, f"language-{environment}.log")
        stamp.write_text(key, encoding="utf-8")

    def build_index(self) -> str:
        """Build and publish the index; return its version."""
        pipeline = self._pipeline
        stamp = self._settings.index_root / "inputs.key"
        key = _key([
            language_key("app", self._paths), code_hash("knowledge_base/search/*.py"), *self._translations, pipeline,
            *(self._settings.text(f"ENCODER{name}") for name in ("", "_QUERY_PROMPT", "_PASSAGE_PROMPT")),
        ])  # fmt: skip
        current = self._settings.index_root / "current"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == key and current.exists():
            return current.read_text(encoding="utf-8")
        command = [
            str(APP_PYTHON), "-m", "knowledge_base.search.build", str(self._settings.index_root), pipeline,
            *self._encoder_options(),
        ]  # fmt: skip
        with self._known_vectors():
            self._run("Buduję indeks fragmentów", command, "index.log")
        stamp.write_text(key, encoding="utf-8")
        return current.read_text(encoding="utf-8")

    @contextmanager
    def _known_vectors(self) -> Iterator[None]:
        """A release's index is built with the vectors that are known of the working folder, and does not keep them."""
        known, own = self._settings.var / "index" / VECTORS, self._settings.index_root / VECTORS
        if self._release and known.exists():
            shutil.copytree(known, own, dirs_exist_ok=True)
        try:
            yield
        finally:
            if self._release:
                shutil.rmtree(own, ignore_errors=True)

    def build_official_index(self) -> str | None:
        """Build and publish the index of imported acts; return its version, or None where there are no acts."""
        root, acts = self._settings.official_index_root, self._settings.acts_root
        if not acts.exists():
            return None
        current, stamp = root / "current", root / "inputs.key"
        imports = [f"{link.name} {link.resolve().name}" for link in sorted(acts.iterdir()) if link.is_symlink()]
        code = code_hash("knowledge_base/search/*.py", "knowledge_base/acts/*.py")
        key = _key([language_key("app", self._paths), code, self._pipeline, *self._encoder_options(), *imports])
        if not (stamp.exists() and stamp.read_text(encoding="utf-8") == key):
            command = [
                str(APP_PYTHON), "-m", "knowledge_base.acts.build", str(acts), str(root), self._pipeline,
                *self._encoder_options(),
            ]  # fmt: skip
            self._run("Buduję indeks tekstów urzędowych", command, "index-official.log")
            root.mkdir(parents=True, exist_ok=True)
            stamp.write_text(key, encoding="utf-8")
        return current.read_text(encoding="utf-8") if current.exists() else None

    @property
    def _pipeline(self) -> str:
        return self._settings.text("LANGUAGE_MODEL") or str(self._language / "app")

    @property
    def _translations(self) -> list[str]:
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in self._paths.translation_files()]

    def _encoder_options(self) -> list[str]:
        options = {"--encoder": "ENCODER", "--query-prompt": "ENCODER_QUERY_PROMPT"}
        options["--passage-prompt"] = "ENCODER_PASSAGE_PROMPT"
        return [part for option, name in options.items() for part in (option, self._settings.text(name))]

    @property
    def model(self) -> Path:
        prefix = f"{MODEL_PREFIX}{self._release.content}-" if self._release else ""
        return self._settings.var / "models" / f"{prefix}{model_key(self._paths)}.tar.gz"

    @property
    def _config(self) -> str:
        """A release's bot reads its own pipeline, whatever is built later; so does one whose data lie elsewhere."""
        if self._release is None and self._language == ROOT / "var" / "language":
            return _CONFIG
        written = self._release.config if self._release else self._settings.var / "config.yml"
        config = yaml.safe_load((ROOT / _CONFIG).read_text(encoding="utf-8"))
        for component in config["pipeline"]:
            if "model" in component:
                component["model"] = str(self._language / "bot")
        written.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return str(written)

    def train(self, *, force: bool = False) -> Path:
        """Train the dialogue model of the content; return its file."""
        model = self.model
        if model.exists() and not force:
            return model
        fresh = model.parent / (f"new-{self._release.content}" if self._release else "new")
        shutil.rmtree(fresh, ignore_errors=True)
        command = [
            str(BOT_PYTHON), "-m", "rasa", "train", "--config", self._config, "--domain", "bot/domain",
            "--data", "bot/data", "--out", str(fresh), "--fixed-model-name", model.name.removesuffix(".tar.gz"),
            # Rasa's cache knows the pipeline by its path only and would miss that its content changed.
            "--force",
            # `zielona validate` does that, and treats warnings as failures.
            "--skip-validation",
        ]  # fmt: skip
        self._run("Trenuję model dialogowy", command, "train.log")
        (fresh / model.name).replace(model)
        shutil.rmtree(fresh, ignore_errors=True)
        if self._release is None:
            _drop_old(model.parent)
        return model

    def validate(self) -> None:
        """`rasa data validate`, where a warning is a failure. Raises StepError."""
        command = [
            str(BOT_PYTHON), "-m", "rasa", "data", "validate", "--config", self._config, "--domain", "bot/domain",
            "--data", "bot/data", "--fail-on-warnings",
        ]  # fmt: skip
        self._run("Sprawdzam dane modelu dialogowego", command, "validate.log")

    def migrate(self) -> None:
        from widget.storage.engine import migrate

        self._settings.var.mkdir(parents=True, exist_ok=True)
        migrate(self._settings.database_url)

    def _run(self, label: str, command: list[str], log: str) -> None:
        run_step(label, command, log=self._logs / log, environment=self._environment)


def _drop_old(models: Path) -> None:
    """Models of the working folder that are out of use; those of releases may be returned to."""
    own = [path for path in models.glob("*.tar.gz") if not path.name.startswith(MODEL_PREFIX)]
    for old in sorted(own, key=lambda path: path.stat().st_mtime)[:-_KEEP_MODELS]:
        old.unlink()


def describe(settings: Settings, artifacts: Artifacts) -> None:
    """Say which versions are in use."""
    index = (settings.index_root / "current").read_text(encoding="utf-8")
    say(
        f"Treści {content_version(ContentPaths())}, indeks {index}, "
        f"model {artifacts.model.name.removesuffix('.tar.gz')}"
    )
