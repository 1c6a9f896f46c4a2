"""Joins the modules that a conversation always needs into one file; those that it may need later stay apart.

One file compresses better than ten and comes in one round trip. Each module keeps a scope of its own, so their names do
not meet. Only the forms of import and export that stand in `static/chat` are understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ENTRY = "panel.js"
_IMPORT = re.compile(r'^import \{ ([^}]+) \} from "\./([\w.-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.MULTILINE)


class BundleError(ValueError):
    """The modules cannot be joined; the text says which one and why."""


def bundle(modules: Mapping[str, str]) -> dict[str, str]:
    """Return what is sent, by name: the entry with all it imports, and each module that is imported later.

    Raises BundleError.
    """
    joined = _order(ENTRY, modules, ())
    exported: dict[str, str] = {}
    parts = []
    for name in joined:
        names = _EXPORT.findall(modules[name])
        for one in names:
            if one in exported:
                raise BundleError(f"{name}: „{one}” jest też w {exported[one]}")
            exported[one] = name
        parts.append(_scope(name, modules[name], names))
    entry = "".join(parts) + f"export {{ {', '.join(exported)} }};\n"
    later = {name: _later(name, code, joined, exported) for name, code in modules.items() if name not in joined}
    return {ENTRY: entry, **later}


def _order(name: str, modules: Mapping[str, str], above: tuple[str, ...]) -> list[str]:
    """The module and all it imports, each after what it needs."""
    if name in above or name not in modules:
        raise BundleError(f"{above[-1] if above else name}: nie można dołączyć „{name}”")
    found: dict[str, None] = {}
    for _, needed in _IMPORT.findall(modules[name]):
        found |= dict.fromkeys(_order(needed, modules, (*above, name)))
    return [*found, name]


def _scope(name: str, code: str, names: list[str]) -> str:
    inner = _IMPORT.sub(lambda match: f"const {{ {match[1]} }} = {_variable(match[2])};\n", code)
    inner = _EXPORT.sub("", inner)
    if re.search(r"^(?:import|export) ", inner, re.MULTILINE):
        raise BundleError(f"{name}: taka postać importu lub eksportu nie jest obsługiwana")
    given = ", ".join(names)
    variable = _variable(name)
    scope = f"const {variable} = (() => {{\n{inner}return {{ {given} }};\n}})();\n"
    return f"{scope}const {{ {given} }} = {variable};\n"


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _later(name: str, code: str, joined: list[str], exported: Mapping[str, str]) -> str:
    """A module that comes later takes what is in the entry from there: a second copy would have a state of its own."""

    def source(match: re.Match[str]) -> str:
        names, module = match[1], match[2]
        if module not in joined:
            return match[0]
        for one in names.split(", "):
            if exported.get(one) != module:
                raise BundleError(f"{name}: „{one}” nie pochodzi z {module}")
        return f'import {{ {names} }} from "./{ENTRY}";\n'

    return _IMPORT.sub(source, code)
