"""What a calculator asks for as a JSON Schema, and the answers as its values: both made of its annotations.

Besides plain JSON types: `date`, `decimal` and `fraction` are texts; `span` is an object of years, months and days;
`interval` one of `low` and `high`. What may be None is not required: "nie wiem", or not there.
"""

from __future__ import annotations

import datetime as dt
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from actions.calculators.dates import Span, span
from actions.cases.common import Interval
from actions.desk.labels import Labels
from actions.reasoning import InputError
from knowledge_base.content.amounts import Amounts

_MOST_ITEMS = 50
_LONGEST_NUMBER = 12
_SPAN = ("years", "months", "days")
_INTERVAL = ("low", "high")
Schema = dict[str, Any]


class _Nothing:
    """No default: the field has to be filled in."""


NOTHING = _Nothing()


@dataclass(frozen=True)
class Parameter:
    """One parameter of a function or field of a dataclass."""

    name: str
    hint: Any
    default: Any = NOTHING

    @property
    def kind(self) -> Any:
        """The annotation without its None."""
        if get_origin(self.hint) in (Union, types.UnionType):
            return next(part for part in get_args(self.hint) if part is not type(None))
        return self.hint

    @property
    def may_be_none(self) -> bool:
        return self.kind is not self.hint

    @property
    def needed(self) -> bool:
        return self.default is NOTHING and not self.may_be_none


def parameters(made_of: Callable[..., Any]) -> list[Parameter]:
    """Of a function or a dataclass, without the table of amounts, which nobody is asked for."""
    hints = get_type_hints(made_of)
    if is_dataclass(made_of):
        found = [Parameter(item.name, hints[item.name], _default_of(item)) for item in fields(made_of)]
    else:
        found = [
            Parameter(name, hints[name], NOTHING if item.default is inspect.Parameter.empty else item.default)
            for name, item in inspect.signature(made_of).parameters.items()
        ]
    return [parameter for parameter in found if parameter.kind is not Amounts]


def _default_of(item: Field[Any]) -> Any:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else NOTHING


def schema_of(made_of: Callable[..., Any], labels: Labels) -> Schema:
    """The object with all parameters, each with its Polish `title`."""
    properties = {}
    for parameter in parameters(made_of):
        properties[parameter.name] = {**_schema(parameter, labels), "title": labels.field(made_of, parameter.name)}
        default = _plain(parameter.default)
        if default is not None:
            properties[parameter.name]["default"] = default
    needed = [parameter.name for parameter in parameters(made_of) if parameter.needed]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _schema(parameter: Parameter, labels: Labels) -> Schema:
    kind = parameter.kind
    if get_origin(kind) in (Sequence, tuple):
        return {"type": "array", "maxItems": _MOST_ITEMS, "items": _schema(Parameter("", get_args(kind)[0]), labels)}
    if kind is bool:
        return {"type": ["boolean", "null"]} if parameter.may_be_none else {"type": "boolean"}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"oneOf": [{"const": item.value, "title": labels.option(item)} for item in kind]}
    if kind in (Span, Interval):
        parts = _SPAN if kind is Span else _INTERVAL
        numbers = {name: {"type": "integer", "minimum": 0, "title": labels.part(name)} for name in parts}
        return {"type": "object", "format": kind.__name__.lower(), "properties": numbers}
    if kind in _SIMPLE:
        return dict(_SIMPLE[kind])
    return schema_of(kind, labels)


_SIMPLE: dict[Any, Schema] = {
    dt.date: {"type": "string", "format": "date"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "format": "decimal"},
    Fraction: {"type": "string", "format": "fraction"},
}


def _plain(value: Any) -> Any:
    """A default as JSON; None where the form begins empty."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    return value if isinstance(value, (bool, int)) else None


def values_of(made_of: Callable[..., Any], given: Any) -> dict[str, Any]:
    """The keyword arguments that `given` stands for. Raises InputError with the field that is wrong."""
    if not isinstance(given, Mapping):
        raise InputError("", "Brakuje danych do obliczenia.")
    known = parameters(made_of)
    strange = set(given) - {parameter.name for parameter in known}
    if strange:
        raise InputError(min(map(str, strange)), "Tego pola nie ma w tym obliczeniu.")
    found = {}
    for parameter in known:
        value = given.get(parameter.name)
        if value is not None and value != "":
            found[parameter.name] = _read(parameter.name, parameter.kind, value)
        elif parameter.needed:
            raise InputError(parameter.name, "To pole trzeba wypełnić.")
        elif parameter.default is NOTHING or (parameter.may_be_none and parameter.name in given):
            found[parameter.name] = None
    return found


def _read(name: str, kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Sequence, tuple):
        if not isinstance(value, list) or len(value) > _MOST_ITEMS:
            raise InputError(name, "Ta lista jest zapisana niepoprawnie albo zbyt długa.")
        return [_read(name, get_args(kind)[0], item) for item in value]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _option(name, kind, value)
    if kind in (Span, Interval):
        return _numbers(name, kind, value)
    if kind in _READERS:
        return _READERS[kind](name, value)
    return kind(**values_of(kind, value))


def _option(name: str, kind: type[Enum], value: Any) -> Enum:
    try:
        return kind(value)
    except ValueError as error:
        raise InputError(name, "Proszę wybrać jedną z możliwości.") from error


def _numbers(name: str, kind: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise InputError(name, "Ten okres jest zapisany niepoprawnie.")
    given = {part: _integer(name, number) for part, number in value.items() if number not in (None, "")}
    try:
        if kind is Span:
            return span(**given)
        low = given.get("low", 0)
        return Interval(low, given.get("high", low))
    except TypeError as error:
        raise InputError(name, "Ten okres jest zapisany niepoprawnie.") from error


def _date(name: str, value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError(name, "Proszę podać pełną datę.") from error


def _boolean(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InputError(name, "Proszę odpowiedzieć „tak” albo „nie”.")
    return value


def _integer(name: str, value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
        raise InputError(name, "Proszę podać liczbę całkowitą.")
    return int(text)


def _decimal(name: str, value: Any) -> Decimal:
    text = "".join(str(value).replace(",", ".").split())
    try:
        found = Decimal(text) if len(text) <= _LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if isinstance(value, bool) or not found.is_finite():
        raise InputError(name, "Proszę podać liczbę, na przykład 5200,50.")
    return found


def _fraction(name: str, value: Any) -> Fraction:
    text = "".join(str(value).replace(",", ".").split())
    try:
        if isinstance(value, bool) or len(text) > _LONGEST_NUMBER or "e" in text.lower():
            raise ValueError
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(name, "Proszę podać część etatu, na przykład 1/2 albo 0,75.") from error


_READERS = cast(
    "dict[Any, Callable[[str, Any], Any]]",
    {dt.date: _date, bool: _boolean, int: _integer, Decimal: _decimal, Fraction: _fraction},
)
