"""The forms of passages and amounts, out and in; what is wrong is told by field, all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from werkzeug.datastructures import MultiDict

from knowledge_base.content.passages import FEWEST_QUESTIONS, MOST_QUESTIONS
from knowledge_base.content.topics import AUDIENCES
from widget.forms import FormError
from widget.studio.forms import Form, day_of
from widget.studio.pieces.amount_file import PeriodEdit, with_new
from widget.studio.pieces.passage_file import PassageEdit
from widget.studio.topic_file import clean, clean_block

_MOST_PERIODS = 60
NEW = "nowy"


def passage_values(edit: PassageEdit) -> Form:
    """The fields as the form shows them."""
    values: Form = MultiDict(
        {
            "title": edit.title, "article": edit.article, "text": edit.text, "questions": "\n".join(edit.questions),
            "valid_from": edit.valid_from.isoformat(), "checked_on": edit.checked_on.isoformat(),
            "valid_to": edit.valid_to.isoformat() if edit.valid_to else "",
        }
    )  # fmt: skip
    values.setlist("audience", list(edit.audience))
    if edit.verified:
        values["verified"] = "tak"
    return values


def read_passage(form: Form) -> PassageEdit:
    """Raises FormError."""
    errors: dict[str, str] = {}
    title, article = clean(form.get("title", "")), clean(form.get("article", ""))
    text = clean_block(form.get("text", ""))
    questions = tuple(dict.fromkeys(filter(None, map(clean, form.get("questions", "").splitlines()))))
    audience = tuple(name for name in AUDIENCES if name in form.getlist("audience"))
    for name, value, told in (
        ("title", title, "Fragment potrzebuje tytułu."),
        ("article", article, "Trzeba podać artykuł, np. art. 55 ust. 1."),
        ("text", text, "Fragment potrzebuje treści."),
        ("audience", audience, "Trzeba zaznaczyć, dla kogo jest fragment."),
    ):
        if not value:
            errors[name] = told
    if not FEWEST_QUESTIONS <= len(questions) <= MOST_QUESTIONS:
        errors["questions"] = f"Pytań powinno być od {FEWEST_QUESTIONS} do {MOST_QUESTIONS}, jest {len(questions)}."
    start = day_of(form, "valid_from", errors, "Trzeba podać dzień, od którego fragment obowiązuje.")
    end = day_of(form, "valid_to", errors, "")
    checked = day_of(form, "checked_on", errors, "Trzeba podać dzień sprawdzenia z przepisami.")
    if start and end and end < start:
        errors["valid_to"] = "Koniec jest wcześniej niż początek."
    if errors:
        raise FormError(errors)
    return PassageEdit(
        title, article, text, audience, questions, start or dt.date.min, end, checked or dt.date.min,
        bool(form.get("verified")),
    )  # fmt: skip


def read_since(form: Form, *, today: dt.date) -> dt.date:
    """The day of a change to come. Raises FormError."""
    errors: dict[str, str] = {}
    day = day_of(form, "since", errors, "Trzeba podać dzień, od którego treść się zmienia.")
    if day and day <= today:
        errors["since"] = "Ten dzień już jest. Obecną treść zmienia się zwykłym zapisem."
    if errors or day is None:
        raise FormError(errors)
    return day


def period_values(periods: Sequence[PeriodEdit]) -> Form:
    values: Form = MultiDict({"periods": str(len(periods))})
    for number, period in enumerate(periods):
        prefix = f"period.{number}."
        values.update(
            {
                f"{prefix}valid_from": period.valid_from.isoformat(),
                f"{prefix}valid_to": period.valid_to.isoformat() if period.valid_to else "",
                f"{prefix}value": f"{period.value:.2f}".replace(".", ","),
                f"{prefix}source": period.source,
                f"{prefix}checked_on": period.checked_on.isoformat(),
                **({f"{prefix}verified": "tak"} if period.verified else {}),
            }
        )
    return values


def period_count(form: Form) -> int:
    count = form.get("periods", "0")
    return min(int(count[:3]), _MOST_PERIODS) if count.isascii() and count.isdigit() else 0


def read_periods(form: Form) -> list[PeriodEdit]:
    """All periods, with the new one if there is one. Raises FormError."""
    errors: dict[str, str] = {}
    found = []
    for number in range(period_count(form)):
        if not form.get(f"period.{number}.remove") and (period := _period(form, str(number), number, errors)):
            found.append(period)
    if any(form.get(f"period.{NEW}.{name}", "").strip() for name in ("valid_from", "value", "source")):
        new = _period(form, NEW, None, errors)
        if new:
            found = with_new(found, new)
    if not found and not errors:
        errors[f"period.{NEW}.value"] = "Kwota musi mieć co najmniej jeden okres."
    if errors:
        raise FormError(errors)
    return sorted(found, key=lambda period: period.valid_from)


def _period(form: Form, key: str, was: int | None, errors: dict[str, str]) -> PeriodEdit | None:
    prefix, before = f"period.{key}.", len(errors)
    start = day_of(form, f"{prefix}valid_from", errors, "Trzeba podać dzień, od którego kwota obowiązuje.")
    end = day_of(form, f"{prefix}valid_to", errors, "")
    checked = day_of(form, f"{prefix}checked_on", errors, "Trzeba podać dzień sprawdzenia.")
    value = _money(form.get(f"{prefix}value", ""))
    source = clean(form.get(f"{prefix}source", ""))
    if value is None:
        errors[f"{prefix}value"] = "Kwota to liczba większa od zera, np. 4950,00."
    if not source:
        errors[f"{prefix}source"] = "Trzeba podać, z czego kwota wynika, np. DU/2026/1213."
    if start and end and end < start:
        errors[f"{prefix}valid_to"] = "Koniec jest wcześniej niż początek."
    if len(errors) > before or start is None or checked is None or value is None:
        return None
    return PeriodEdit(was, start, end, value, source, checked, bool(form.get(f"{prefix}verified")))


def _money(text: str) -> Decimal | None:
    """A positive number with at most two places, written the Polish way or not."""
    plain = "".join(text.split()).removesuffix("zł").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    good = value.is_finite() and 0 < value < 100_000_000 and value == value.quantize(Decimal("0.01"))
    return value if good else None
