"""The form of a topic, out and in; what is wrong is told by field, all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from knowledge_base.content.answers import MAX_RELATED
from knowledge_base.content.topics import AUDIENCES
from widget.forms import FormError
from widget.studio.topic_file import SourceEdit, TopicEdit, clean, clean_block

AUDIENCE_LABELS = {
    "bezrobotny": "bezrobotni", "poszukujacy_pracy": "poszukujący pracy", "pracownik": "pracownicy",
    "pracodawca": "pracodawcy", "cudzoziemiec": "cudzoziemcy", "wszyscy": "wszyscy",
}  # fmt: skip
GROUP_LABELS = {
    "czas_placa": "Czas pracy i płaca", "infolinia": "Infolinia i urzędy", "pomoc": "Pomoc urzędu",
    "pracodawca": "Dla pracodawców", "rejestracja": "Rejestracja", "umowy": "Umowy", "urlopy": "Urlopy",
    "zasilek": "Zasiłek", "rozmowa": "Rozmowa (grzeczności)", "status": "Status bezrobotnego",
    "ubezpieczenie": "Ubezpieczenie",
}  # fmt: skip
RELATED = MAX_RELATED
_MOST_SOURCES = 12
Form = MultiDict[str, str]


def group_label(group: str) -> str:
    return GROUP_LABELS.get(group, group.replace("_", " ").capitalize())


def values_of(edit: TopicEdit) -> Form:
    """The fields as the form shows them."""
    values: Form = MultiDict(
        {
            "title": edit.title, "answer": edit.answer, "checked_on": edit.checked_on.isoformat(),
            "effect": edit.effect or "", "dialog": edit.dialog or "", "sources": str(len(edit.sources)),
        }
    )  # fmt: skip
    values.setlist("audience", list(edit.audience))
    values.setlist("related", list(edit.related))
    if edit.verified:
        values["verified"] = "tak"
    for number, source in enumerate(edit.sources):
        values.update(_source_values(f"source.{number}.", source))
    return values


def _source_values(prefix: str, source: SourceEdit) -> dict[str, str]:
    return {
        f"{prefix}was": "" if source.was is None else str(source.was),
        f"{prefix}act": source.act,
        f"{prefix}article": source.article,
        f"{prefix}title": source.title,
        f"{prefix}valid_from": source.valid_from.isoformat(),
        f"{prefix}valid_to": source.valid_to.isoformat() if source.valid_to else "",
        f"{prefix}checked_on": source.checked_on.isoformat(),
        **({f"{prefix}verified": "tak"} if source.verified else {}),
    }


def source_rows(form: Form) -> list[int]:
    """Numbers of the rows to show: those there are and an empty one."""
    return list(range(min(_count(form) + 1, _MOST_SOURCES)))


def _count(form: Form) -> int:
    """Rows that hold something, counted from what was sent."""
    held = [number for number in range(_MOST_SOURCES) if form.get(f"source.{number}.act")]
    return max(held) + 1 if held else 0


def read_form(form: Form, *, acts: Mapping[str, object]) -> TopicEdit:
    """Raises FormError."""
    errors: dict[str, str] = {}
    title, answer = clean(form.get("title", "")), clean_block(form.get("answer", ""))
    if not title:
        errors["title"] = "Temat potrzebuje tytułu."
    if not answer:
        errors["answer"] = "Temat potrzebuje odpowiedzi."
    audience = tuple(name for name in AUDIENCES if name in form.getlist("audience"))
    if not audience:
        errors["audience"] = "Trzeba zaznaczyć, dla kogo jest odpowiedź."
    sources = [source for number in range(_MOST_SOURCES) if (source := _source(form, number, acts, errors))]
    checked_on = day_of(form, "checked_on", errors, "Trzeba podać dzień sprawdzenia odpowiedzi.")
    if errors:
        raise FormError(errors)
    return TopicEdit(
        title=title,
        audience=audience,
        answer=answer,
        checked_on=checked_on or dt.date.min,
        verified=bool(form.get("verified")),
        sources=tuple(sources),
        related=tuple(dict.fromkeys(name for name in form.getlist("related") if name)),
        effect=form.get("effect") or None,
        dialog=form.get("dialog") or None,
    )


def _source(form: Form, number: int, acts: Mapping[str, object], errors: dict[str, str]) -> SourceEdit | None:
    prefix = f"source.{number}."
    act, article, title = (clean(form.get(prefix + name, "")) for name in ("act", "article", "title"))
    if form.get(f"{prefix}remove") or not (act or article or title):
        return None
    if act not in acts:
        errors[f"{prefix}act"] = f"Źródło {number + 1}: trzeba wybrać akt."
    if not article:
        errors[f"{prefix}article"] = f"Źródło {number + 1}: trzeba podać artykuł, np. art. 55 ust. 1."
    if not title:
        errors[f"{prefix}title"] = f"Źródło {number + 1}: trzeba podać, o czym jest ten przepis."
    missing = f"Źródło {number + 1}: brakuje daty."
    start = day_of(form, f"{prefix}valid_from", errors, missing)
    end = day_of(form, f"{prefix}valid_to", errors, "")
    checked = day_of(form, f"{prefix}checked_on", errors, missing)
    if start and end and end < start:
        errors[f"{prefix}valid_to"] = f"Źródło {number + 1}: koniec jest wcześniej niż początek."
    was = form.get(f"{prefix}was", "")
    return SourceEdit(
        int(was) if was.isascii() and was.isdigit() else None, act, article, title, start or dt.date.min, end,
        checked or dt.date.min, bool(form.get(f"{prefix}verified")),
    )  # fmt: skip


def day_of(form: Form, name: str, errors: dict[str, str], missing: str) -> dt.date | None:
    """A date; `missing` is what to say where there is none, empty where there may be none."""
    value = form.get(name, "").strip()
    if not value:
        if missing:
            errors[name] = missing
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        errors[name] = "To nie jest data w postaci rrrr-mm-dd."
        return None


def day_or(value: str | None, other: dt.date) -> dt.date:
    """A day from an address, or the other one."""
    try:
        return dt.date.fromisoformat(value or "")
    except ValueError:
        return other
