"""What the slots run when the services start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from widget.studio.repository import ContentRepository, RepositoryError
from widget.studio.training.snapshot import PARTS
from zielona.progress import say
from zielona.publishing.slots import ports
from zielona.publishing.state import NAMES, Beginning, Slot, State
from zielona.releases import ReleaseFiles
from zielona.settings import Settings


def first_state(former: State | None, model: Path, settings: Settings) -> State:
    """The release that was published last, or slot a with what was built of the project's folder (`model`).

    What stood half done in `former` is left out, and so is what is no longer on disk.
    """
    kept = former.tidied() if former else None
    if kept and kept.trial and not is_there(kept.slots[kept.trial.slot], settings):
        kept = replace(kept, trial=None).tidied()
    live = kept.slots[kept.live] if kept else None
    if kept is None or live is None or live.release is None:
        slots = {NAMES[0]: Slot(str(model), ports(settings, NAMES[0]))}
        return State(NAMES[0], slots, beginning=beginning(ContentRepository(settings.content_root)))
    if not is_there(live, settings):
        say(f"BŁĄD: nie ma już plików wersji {live.release}. Odpowiada to, co zbudowano z folderu z treścią.")
        return first_state(None, model, settings)
    say(f"Odpowiada wersja {live.release} opublikowana w studiu.")
    # Ports may have been set anew since.
    return replace(kept, slots={name: replace(slot, ports=ports(settings, name)) for name, slot in kept.slots.items()})


def beginning(repository: ContentRepository) -> Beginning:
    """From which commit the working folder can be built again."""
    try:
        unsaved, commit = repository.unsaved(PARTS), repository.newest(PARTS)
    except RepositoryError:
        unsaved, commit = [], ""
    if unsaved:
        return Beginning(why="przy uruchomieniu w folderze z treścią były zmiany niezapisane w historii")
    return Beginning(commit, "" if commit else "folder z treścią nie ma historii zmian")


def is_there(slot: Slot, settings: Settings) -> bool:
    """Whether all that the slot runs is still on disk."""
    files = ReleaseFiles(settings, slot.content)
    return (settings.var / slot.model).is_file() and files.folder.is_dir() and files.index_root.is_dir()
