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
    """Name without prefix, default, and what it is for (Polish, shown in the README)."""

    name: str
    default: str
    description: str

    @property
    def variable(self) -> str:
        return f"ZL_{self.name}"


SETTINGS = (
    Setting("HOST", "127.0.0.1", "adres, pod którym działa publiczny serwer widgetu"),
    Setting("PORT", "8000", "port publicznego serwera widgetu"),
    Setting("BOT_PORT", "5005", "port serwera Rasa (tylko 127.0.0.1)"),
    Setting("ACTIONS_PORT", "5055", "port serwera akcji (tylko 127.0.0.1)"),
    Setting("SEARCH_PORT", "8010", "port usługi wyszukiwania (tylko 127.0.0.1)"),
    Setting("BOT_URL", "", "adres serwera Rasa, jeżeli działa gdzie indziej; puste = z portu"),
    Setting("SEARCH_URL", "", "adres usługi wyszukiwania, jeżeli działa gdzie indziej; puste = z portu"),
    Setting("VAR", "var", "folder na modele, indeks, bazę i dzienniki"),
    Setting("DATABASE_URL", "", "adres bazy (SQLAlchemy); puste = SQLite w folderze VAR"),
    Setting("SECRET", "", "wspólny sekret usług; puste = losowy, zapisany w folderze VAR"),
    Setting("ENCODER", "embedded", "model wektorów zdań: „embedded” albo nazwa modelu sentence-transformers"),
    Setting("ENCODER_QUERY_PROMPT", "", "przedrostek pytań dla modelu z hubu, np. „zapytanie: ”"),
    Setting("ENCODER_PASSAGE_PROMPT", "", "przedrostek fragmentów dla modelu z hubu"),
    Setting("LANGUAGE_MODEL", "", "nazwa innego potoku spaCy, np. pl_core_news_lg; puste = własny"),
    Setting("ANSWER_THRESHOLD", "0.6", "prawdopodobieństwo, od którego znaleziony fragment jest odpowiedzią"),
    Setting("CHOICE_THRESHOLD", "0.25", "prawdopodobieństwo, od którego fragmenty są propozycjami do wyboru"),
    Setting("BOT_TIMEOUT", "10", "ile sekund widget czeka na odpowiedź serwera Rasa"),
    Setting("SEARCH_TIMEOUT", "3", "ile sekund czeka się na usługę wyszukiwania"),
    Setting("MESSAGE_LIMIT", "2000", "najdłuższa wiadomość, w znakach"),
    Setting("RATE_LIMIT", "60 per minute", "limit wiadomości na rozmowę"),
    Setting("RATE_LIMIT_STORAGE", "memory://", "gdzie liczone są limity: memory:// albo adres Redis"),
    Setting("ALLOWED_ORIGINS", "", "adresy portali, które osadzają widget, po przecinku; puste = tylko własny"),
    Setting("HOTLINE_NUMBER", "19524", "numer infolinii"),
    Setting("HOTLINE_HOURS", "od poniedziałku do piątku w godz. 8.00–18.00", "godziny pracy infolinii"),
    Setting("CONTACT_FORM_URL", "https://zielonalinia.gov.pl/kontakt", "adres formularza kontaktowego"),
    Setting("LOG_LEVEL", "INFO", "szczegółowość dzienników"),
)
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
    def index_root(self) -> Path:
        return self.var / "index"

    @property
    def bot_url(self) -> str:
        return self.text("BOT_URL") or f"http://127.0.0.1:{self.port('BOT_PORT')}"

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


def current_settings() -> Settings:
    return Settings(os.environ)
