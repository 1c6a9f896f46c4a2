"""The form of a topic, out and in; what is wrong is told by field, all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping

from werkzeug.datastructures import MultiDict

from knowledge_base.content.acts import Act
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
# Dates of a source as the form calls them.
_DAYS = {"valid_from": "Obowiązuje od", "valid_to": "do", "checked_on": "Sprawdzono"}
# Stands for a title or an answer that is not written yet.
_MISSING = "…"
Form = MultiDict[str, str]


def group_label(group: str) -> str:
    return GROUP_LABELS.get(group, group.replace("_", " ").capitalize())


def values_of(edit: TopicEdit) -> Form:
    """The fields as the form shows them."""
    values: Form = MultiDict(
        {
            "title": edit.title, "answer": edit.answer,
            "checked_on": edit.checked_on.isoformat() if edit.checked_on and edit.verified else "",
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
        f"{prefix}checked_on": source.checked_on.isoformat() if source.checked_on and source.verified else "",
        **({f"{prefix}verified": "tak"} if source.verified else {}),
        **({} if source.article else {f"{prefix}no_article": "tak"}),
    }


def source_rows(form: Form) -> list[tuple[int, str]]:
    """Numbers and names of the rows to show: those there are and an empty one."""
    count = _count(form)
    rows = [(number, _row_name(number)) for number in range(count)]
    return [*rows, (count, "Nowy przepis")] if count < _MOST_SOURCES else rows


def _row_name(number: int) -> str:
    return f"Przepis {number + 1}"


def _count(form: Form) -> int:
    """Rows that hold something, counted from what was sent."""
    held = [number for number in range(_MOST_SOURCES) if any(_named(form, number))]
    return max(held) + 1 if held else 0


def _named(form: Form, number: int) -> tuple[str, str, str]:
    """Act, article and title of a row."""
    act, article, title = (clean(form.get(f"source.{number}.{name}", "")) for name in ("act", "article", "title"))
    return act, article, title


def read_form(form: Form, *, acts: Mapping[str, Act], groups: Container[str] | None = None) -> TopicEdit:
    """Raises FormError. `groups` are those that a new topic may be put into, None for one that is there."""
    # The day stands in for missing ones only, and nothing is saved then.
    edit, errors = read_unfinished(form, acts=acts, groups=groups, today=dt.date.min)
    if errors:
        raise FormError(errors)
    return edit


def read_unfinished(
    form: Form, *, acts: Mapping[str, Act], today: dt.date, groups: Container[str] | None = None
) -> tuple[TopicEdit, dict[str, str]]:
    """What stands in the form, good enough for remarks and a preview, and what is wrong with it by field.

    Something harmless stands in for what is missing; a source without an act is left out.
    """
    errors: dict[str, str] = {}
    title, answer = clean(form.get("title", "")), clean_block(form.get("answer", ""))
    if not title:
        errors["title"] = "Temat potrzebuje tytułu."
    if not answer:
        errors["answer"] = "Temat potrzebuje odpowiedzi."
    audience = tuple(name for name in AUDIENCES if name in form.getlist("audience"))
    if not audience:
        errors["audience"] = "Trzeba zaznaczyć, dla kogo jest odpowiedź."
    sources = [source for number in range(_MOST_SOURCES) if (source := _source(form, number, acts, errors, today))]
    verified = bool(form.get("verified"))
    missing = "Odpowiedź jest oznaczona jako potwierdzona, więc trzeba podać, kiedy ją sprawdzono." if verified else ""
    checked_on = day_of(form, "checked_on", errors, missing)
    if groups is not None and form.get("group", "") not in groups:
        errors["group"] = "Trzeba wybrać dział, w którym temat będzie na liście."
    edit = TopicEdit(
        title=title or _MISSING,
        audience=audience,
        answer=answer or _MISSING,
        checked_on=checked_on,
        verified=verified,
        sources=tuple(source for source in sources if source.act in acts),
        related=tuple(dict.fromkeys(name for name in form.getlist("related") if name)),
        effect=form.get("effect") or None,
        dialog=form.get("dialog") or None,
    )
    return edit, errors


def _source(
    form: Form, number: int, acts: Mapping[str, Act], errors: dict[str, str], today: dt.date
) -> SourceEdit | None:
    prefix, name = f"source.{number}.", _row_name(number)
    act, article, title = _named(form, number)
    if form.get(f"{prefix}remove") or not (act or article or title):
        return None
    unknown, verified = bool(form.get(f"{prefix}no_article")), bool(form.get(f"{prefix}verified"))
    if act not in acts:
        errors[f"{prefix}act"] = f"{name}: trzeba wybrać akt."
    if wrong := _wrong_article(article, unknown=unknown, verified=verified):
        errors[f"{prefix}article"] = f"{name}: {wrong}"
    if not title:
        errors[f"{prefix}title"] = f"{name}: trzeba napisać, o czym jest ten przepis."
    days = {key: _source_day(form, f"{prefix}{key}", name, label, errors) for key, label in _DAYS.items()}
    start, end, checked = days["valid_from"] or _day_of_act(form, prefix, acts), days["valid_to"], days["checked_on"]
    needed = {"valid_from": start, **({"checked_on": checked} if verified else {})}
    for key in (key for key, day in needed.items() if not day):
        errors.setdefault(f"{prefix}{key}", f"{name}: brakuje daty „{_DAYS[key]}”.")
    if start and end and end < start:
        errors[f"{prefix}valid_to"] = f"{name}: koniec jest wcześniej niż początek."
    was = form.get(f"{prefix}was", "")
    return SourceEdit(
        int(was) if was.isascii() and was.isdigit() else None, act, article, title or _MISSING, start or today, end,
        checked, verified and bool(article),
    )  # fmt: skip


def _day_of_act(form: Form, prefix: str, acts: Mapping[str, Act]) -> dt.date | None:
    """Of an act alone no more is known than since when it is in force, so that stands in for a day nobody gave."""
    act = clean(form.get(f"{prefix}act", ""))
    if act not in acts or not form.get(f"{prefix}no_article") or form.get(f"{prefix}valid_from", "").strip():
        return None
    return acts[act].valid_from


def told_of_acts(form: Form, acts: Mapping[str, Act]) -> str:
    """Which days were taken from acts, for who saved the form; empty where none was."""
    prefixes = [f"source.{number}." for number in range(_MOST_SOURCES)]
    days = [_day_of_act(form, prefix, acts) for prefix in prefixes if not form.get(f"{prefix}remove")]
    found = [f"od {day:%d.%m.%Y}" for day in dict.fromkeys(days) if day]
    if not found:
        return ""
    if len(found) == 1:
        return f"Datę początkową przepisu wzięto z aktu: {found[0]}. Proszę ją sprawdzić."
    return f"Daty początkowe przepisów wzięto z aktów: {', '.join(found)}. Proszę je sprawdzić."


def _wrong_article(article: str, *, unknown: bool, verified: bool) -> str:
    """What is wrong with the number of an article, empty where nothing is."""
    if unknown and article:
        return "numer artykułu jest wpisany, więc trzeba odznaczyć, że nie jest znany."
    if unknown and verified:
        return "bez numeru artykułu przepis nie może być oznaczony jako sprawdzony."
    if not article and not unknown:
        return "trzeba podać artykuł, np. art. 55 ust. 1, albo zaznaczyć, że numer nie jest jeszcze znany."
    return ""


def _source_day(form: Form, key: str, name: str, label: str, errors: dict[str, str]) -> dt.date | None:
    day = day_of(form, key, errors, "")
    if key in errors:
        errors[key] = f"{name}: „{label}” to nie jest data w postaci rrrr-mm-dd."
    return day


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
