"""All settings: environment variables with the prefix `ZL_`, each listed once here and in the README (tested).

Only the standard library, since both environments read it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class SettingError(ValueError):
    """A setting has a value that cannot be used; the text names it."""


@dataclass(frozen=True)
class Setting:
    """Name without prefix, default, and what it is for; the table in the README is made of these."""

    name: str
    default: str
    description: str

    @property
    def variable(self) -> str:
        return f"ZL_{self.name}"


SETTINGS = (
    Setting("HOST", "127.0.0.1", "address on which the public widget server listens"),
    Setting("PORT", "8000", "port of the public widget server"),
    Setting("BOT_PORT", "5005", "port of the Rasa server (127.0.0.1 only)"),
    Setting("ACTIONS_PORT", "5055", "port of the action server (127.0.0.1 only)"),
    Setting("SEARCH_PORT", "8010", "port of the search service (127.0.0.1 only)"),
    Setting("SECOND_BOT_PORT", "5006", "port of the Rasa server of a second release, published or tried"),
    Setting("SECOND_ACTIONS_PORT", "5056", "port of the action server of a second release"),
    Setting("SECOND_SEARCH_PORT", "8011", "port of the search service of a second release"),
    Setting("BOT_URL", "", "address of the Rasa server where it runs elsewhere; empty: from the port"),
    Setting("ACTIONS_URL", "", "address of the action server where it runs elsewhere; empty: from the port"),
    Setting("SEARCH_URL", "", "address of the search service where it runs elsewhere; empty: from the port"),
    Setting("VAR", "var", "folder of models, index, database and logs"),
    Setting("RUN", "", "folder of what lives as long as the services run; empty: `run` in the folder ZL_VAR"),
    Setting("CONTENT", "", "folder with `data` and `knowledge_base/passages`, under git; empty: this project"),
    Setting("INDEX", "", "folder of the index with its versions; empty: `index` in the folder ZL_VAR"),
    Setting("DATABASE_URL", "", "database URL (SQLAlchemy); empty: SQLite in the folder ZL_VAR"),
    Setting("QUEUE_URL", "", "queue of trainings: a Redis URL; empty: SQLite in the folder ZL_VAR"),
    Setting("SECRET", "", "secret that the services share; empty: a random one, kept in the folder ZL_VAR"),
    Setting("ENCODER", "embedded", "sentence vectors: `embedded`, or the name of a sentence-transformers model"),
    Setting("ENCODER_QUERY_PROMPT", "", "prompt before queries that a hub model was trained with"),
    Setting("ENCODER_PASSAGE_PROMPT", "", "prompt before passages that a hub model was trained with"),
    Setting(
        "LANGUAGE_MODEL", "", "another installed spaCy pipeline for search, such as pl_core_news_lg; empty: our own"
    ),
    Setting("ANSWER_THRESHOLD", "0.65", "probability from which a passage that was found is the answer"),
    Setting("CHOICE_THRESHOLD", "0.25", "probability from which passages are offered as choices"),
    Setting("REVIEW_DAYS", "365", "days after which content is due for another check against the law"),
    Setting("BOT_TIMEOUT", "10", "seconds that the widget waits for Rasa"),
    Setting("ACTIONS_TIMEOUT", "3", "seconds that the panel waits for calculators and the office finder"),
    Setting("SEARCH_TIMEOUT", "3", "seconds that anybody waits for the search service"),
    Setting("MESSAGE_LIMIT", "2000", "longest message, in characters"),
    Setting("RETENTION_DAYS", "90", "days after its last message that a conversation is kept; 0: for ever"),
    Setting("RATE_LIMIT", "60 per minute", "limit of requests per conversation"),
    Setting(
        "LIVE_LIMIT", "120 per minute", "limit of requests per conversation while it waits for or has a consultant"
    ),
    Setting("RATE_LIMIT_STORAGE", "memory://", "where limits are counted: memory:// or a Redis URL"),
    Setting(
        "ALLOWED_ORIGINS", "", "origins of portals that embed the widget, separated by commas; empty: none but its own"
    ),
    Setting("PARTNERS", "", "registry of partners that embed the widget; empty: data/partners.yml"),
    Setting("PUBLIC_URL", "", "address under which visitors reach the service; empty: as the request came"),
    Setting("SIGN_IN_LIMIT", "20 per minute", "limit of attempts to sign in to the panel, per address"),
    Setting("SESSION_IDLE", "60", "minutes without use after which staff are signed out"),
    Setting("SESSION_HOURS", "12", "hours after which staff sign in again in any case"),
    Setting("OIDC_ISSUER", "", "sign-in at the institution (OpenID Connect): address of the issuer; empty: none"),
    Setting("OIDC_CLIENT_ID", "", "sign-in at the institution: identifier of this client"),
    Setting("OIDC_CLIENT_SECRET", "", "sign-in at the institution: secret of this client"),
    Setting("OIDC_LABEL", "Zaloguj przez instytucję", "sign-in at the institution: text of its button"),
    Setting("HOTLINE_NUMBER", "19524", "number of the hotline"),
    Setting(
        "HOTLINE_HOURS",
        "od poniedziałku do piątku w godz. 8.00–18.00",
        "hours of the hotline, as they stand in answers",
    ),
    Setting("TICKET_DAYS", "1-5 8:00-18:00", "when people answer: days of the week (1 is Monday) and hours, by commas"),
    Setting("TICKET_CLOSED", "", "days on which nobody answers besides public holidays, yyyy-mm-dd by commas"),
    Setting("TICKET_ANSWER_HOURS", "20", "business hours within which a question sent by the form is answered"),
    Setting("TICKET_LIMIT", "20 per hour", "limit of questions sent by the form from one address"),
    Setting("DATA_CONTROLLER", "podmiot prowadzący infolinię Zielona Linia", "who processes the data of the form"),
    Setting("PRIVACY_URL", "", "address of the information on processing personal data; empty: no link"),
    Setting("CONTACT_FORM_URL", "https://zielonalinia.gov.pl", "address of the contact form"),
    Setting("ELI_URL", "https://api.sejm.gov.pl/eli", "service that official texts of acts are imported from"),
    Setting(
        "SMTP_URL", "", "mail server: smtp://, smtps:// or smtp+starttls://user:password@host:port; empty: no e-mail"
    ),
    Setting("MAIL_FROM", "", "sender of e-mails"),
    Setting("REPORT_EMAILS", "", "who gets the monthly report by e-mail, separated by commas; empty: nobody"),
    Setting("STREAM_LIMIT", "24", "pages of the panel per process that are told of changes at once; others ask"),
    Setting("A11Y_ENTITY", "", "accessibility statement: name of the public body; empty facts show as missing"),
    Setting("A11Y_PUBLISHED", "", "accessibility statement: day on which the service was published, yyyy-mm-dd"),
    Setting("A11Y_UPDATED", "", "accessibility statement: day of the last important change"),
    Setting("A11Y_STATUS", "", "accessibility statement: result of the assessment: zgodna, czesciowo or niezgodna"),
    Setting("A11Y_FAULTS", "", "accessibility statement: what is not accessible, separated by semicolons"),
    Setting("A11Y_PREPARED", "", "accessibility statement: day on which it was made"),
    Setting("A11Y_REVIEWED", "", "accessibility statement: day of its last review"),
    Setting("A11Y_CONTACT", "", "accessibility statement: person or unit that takes requests"),
    Setting("A11Y_EMAIL", "", "accessibility statement: e-mail for requests"),
    Setting("A11Y_PHONE", "", "accessibility statement: phone for requests"),
    Setting("A11Y_COMPLAINTS", "", "accessibility statement: to whom and where complaints go"),
    Setting("A11Y_BUILDING_URL", "", "accessibility statement: address of the description of the building"),
    Setting("A11Y_COMMUNICATION", "", "accessibility statement: ways of communication, such as sign language"),
    Setting("LOG_LEVEL", "INFO", "how much is logged"),
)


def settings_table() -> str:
    """The settings as a Markdown table, for the README."""
    rows = ["| Setting | Default | What it is |", "|---|---|---|"]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "–"
        rows.append(f"| `{setting.variable}` | {default} | {setting.description} |")
    return "\n".join(rows)


_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


@dataclass(frozen=True)
class Settings:
    """The settings of this process. Values are read when asked for, so a bad one names itself."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.values.get(f"ZL_{name}", "") or _DEFAULTS[name]

    def number(self, name: str) -> float:
        try:
            return float(self.text(name).replace(",", "."))
        except ValueError as error:
            raise SettingError(f"ZL_{name} musi być liczbą, a jest: {self.text(name)!r}") from error

    def port(self, name: str) -> int:
        value = self.text(name)
        if not value.isdigit() or not 0 < int(value) < 65536:
            raise SettingError(f"ZL_{name} musi być numerem portu od 1 do 65535, a jest: {value!r}")
        return int(value)

    @property
    def var(self) -> Path:
        return (ROOT / self.text("VAR")).resolve()

    @property
    def run_folder(self) -> Path:
        """Logs, trackers, and which release answers."""
        return (ROOT / self.text("RUN")).resolve() if self.text("RUN") else self.var / "run"

    @property
    def content_root(self) -> Path:
        """What editors change lies below this folder."""
        return (ROOT / self.text("CONTENT")).resolve()

    @property
    def evaluation_root(self) -> Path:
        """Held-out questions: those that lie with the content, else this project's."""
        beside = self.content_root / "tests" / "evaluation"
        return beside if beside.exists() else ROOT / "tests" / "evaluation"

    @property
    def index_root(self) -> Path:
        return (ROOT / self.text("INDEX")).resolve() if self.text("INDEX") else self.var / "index"

    @property
    def acts_root(self) -> Path:
        """Official texts that the operator imported."""
        return self.var / "acts"

    @property
    def official_index_root(self) -> Path:
        return self.var / "index-official"

    @property
    def bot_url(self) -> str:
        return self.text("BOT_URL") or f"http://127.0.0.1:{self.port('BOT_PORT')}"

    @property
    def actions_url(self) -> str:
        return self.text("ACTIONS_URL") or f"http://127.0.0.1:{self.port('ACTIONS_PORT')}"

    @property
    def search_url(self) -> str:
        return self.text("SEARCH_URL") or f"http://127.0.0.1:{self.port('SEARCH_PORT')}"

    @property
    def database_url(self) -> str:
        return self.text("DATABASE_URL") or f"sqlite:///{self.var / 'zielona.db'}"

    @property
    def constants(self) -> dict[str, str]:
        """Placeholders of answers that are settings, not amounts."""
        return {
            "infolinia_numer": self.text("HOTLINE_NUMBER"),
            "infolinia_godziny": self.text("HOTLINE_HOURS"),
            "formularz_kontaktowy": self.text("CONTACT_FORM_URL"),
        }


def partners_file(settings: Settings) -> Path:
    """The registry of partners."""
    return Path(settings.text("PARTNERS") or settings.content_root / "data" / "partners.yml")


def suggestions_file(settings: Settings | None = None) -> Path:
    """Questions to begin with."""
    return (settings or current_settings()).content_root / "data" / "suggestions.yml"


def current_settings() -> Settings:
    return Settings(os.environ)
