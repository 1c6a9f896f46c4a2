"""`zielona import-act` without its options: what is imported, and what the operator is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge_base.acts.client import EliClient
from knowledge_base.acts.eli import parse_eli
from knowledge_base.acts.errors import ActError
from knowledge_base.acts.importer import Imported, import_from_file, import_from_service
from knowledge_base.acts.store import ActStore
from knowledge_base.content.acts import load_acts
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import ContentPaths
from zielona.clock import today
from zielona.settings import Settings


def run(
    settings: Settings,
    eli: str,
    *,
    file: Path | None,
    metadata: Path | None,
    form: str,
    original: bool,
    report: Callable[[str], None],
) -> Imported:
    """Import one act and report what came of it. Raises ActError; the last good import stays in use then."""
    eli = parse_eli(eli)
    if metadata and not file:
        raise ActError("Opcja --metadata ma sens tylko razem z --file.")
    store = ActStore(settings.acts_root)
    try:
        if file:
            done = import_from_file(store, eli, file, today=today(), metadata=metadata, known=_known(eli))
        else:
            with EliClient(settings.text("ELI_URL"), store.parts) as client:
                done = import_from_service(store, client, eli, today=today(), form=form, original=original)
    except OSError as error:
        raise ActError(f"Nie można zapisać aktu w folderze {store.root}: {error.strerror or error}.") from error
    for line in _told(done, store):
        report(line)
    return done


def _known(eli: str) -> dict[str, Any] | None:
    """The act as our own list describes it, in the service's terms."""
    try:
        act = load_acts(ContentPaths().acts).get(eli)
    except ContentError:
        return None
    if act is None:
        return None
    described: dict[str, Any] = {"ELI": eli, "title": act.title, "entryIntoForce": act.valid_from.isoformat()}
    if act.valid_to:
        described["repealDate"] = (act.valid_to + dt.timedelta(days=1)).isoformat()
    return described


def _told(done: Imported, store: ActStore) -> list[str]:
    facts, source = done.act.metadata, done.act.source
    lines = [f"{facts.eli} – {facts.title}"]
    ends = f" do {facts.valid_to.isoformat()}" if facts.valid_to else ""
    lines.append(
        f"Obowiązuje od {facts.valid_from.isoformat()}{ends}; status w serwisie: {facts.status or 'nie podano'}"
    )
    if not facts.in_force and facts.valid_to is None:
        lines.append("UWAGA: akt nie obowiązuje, a opis nie podaje od kiedy; zapisano go, ale nie będzie wyszukiwany.")
    stand = f", stan na {source.text_date.isoformat()}" if source.text_date else ""
    lines.append(f"Tekst: {source.address} ({source.form.upper()}{stand})")
    later = [day for day in facts.amended_on if source.text_date and source.text_date < day <= source.read_on]
    if later:
        lines.append(
            f"UWAGA: po tym dniu weszły w życie zmiany (ostatnia {later[-1].isoformat()}); ten tekst ich nie zawiera."
        )
    change = "zaimportowano" if done.changed else "bez zmian od ostatniego importu"
    lines.append(f"Artykuły: {done.articles}, wszystkich jednostek: {len(done.act.units)} – {change}")
    lines.append(f"Zapisano w {store.root / facts.eli.replace('/', '-')}")
    return lines
