"""`zielona group-messages`."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from knowledge_base.content.store import ContentPaths
from knowledge_base.search.vectors import Encoder, model_cache_key
from widget.storage.engine import database_engine
from widget.studio.catalogue import Catalogue
from widget.studio.labelling.grouping import Grouper
from widget.studio.labelling.models import DEAD
from widget.studio.labelling.repository import LabelRepository
from zielona.clock import utc_now
from zielona.settings import Settings


def group_messages(settings: Settings, say: Callable[[str], None], *, holder: str = "") -> int:
    """Group what is open; `holder` is the name under which the panel has taken the grouping already."""
    repository = LabelRepository(database_engine(settings.database_url))
    if not holder:
        holder = str(uuid.uuid4())
        now = utc_now()
        if not repository.begin_grouping(holder, now=now, dead_before=now - DEAD):
            say("Grupowanie już trwa.")
            return 1
    name = settings.text("ENCODER")
    prompt = settings.text("ENCODER_QUERY_PROMPT")
    grouper = Grouper(
        repository=repository,
        catalogue=Catalogue(ContentPaths(settings.content_root)),
        settings=settings,
        encoder=lambda: Encoder(name, query_prompt=prompt),
        key=f"{model_cache_key(name)}:{prompt}",
        folder=settings.var / "studio",
    )
    say(f"Grupy: {grouper.run(holder)}")
    return 0
