"""Where conversations are kept: one database for both releases, so that a conversation goes on after a switch."""

from __future__ import annotations

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker


class SharedTrackerStore(SQLTrackerStore):
    """Rasa's store, from which a model may read conversations that another model began."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker; a form that this model does not know is left, since asking for it fails for ever."""
        tracker = await super().retrieve(sender_id)
        if tracker and tracker.active_loop_name and tracker.active_loop_name not in self.domain.form_names:
            for event in (ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)):
                tracker.update(event, self.domain)
        return tracker
