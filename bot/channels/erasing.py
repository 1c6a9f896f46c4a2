"""Takes conversations out of Rasa's tracker store, which has no way of its own to forget one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text


class NoSqlStoreError(RuntimeError):
    """The tracker store in use is no SQL database, so nothing can be erased from it here."""


def erase(store: Any, *, sender: str | None = None, before: float | None = None) -> int:
    """Delete the events of one sender, or of all senders that have been silent since `before` (seconds, Unix time).

    `store` is the agent's tracker store, whatever Rasa wrapped around it. Returns the number of deleted events.
    Raises NoSqlStoreError.
    """
    sql = _sql_store(store)
    with sql.session_scope() as session:
        if session.get_bind().dialect.name == "sqlite":
            # Freed pages are overwritten, so that a text is not left behind in the file.
            session.execute(text("PRAGMA secure_delete = ON"))
        event = sql.SQLEvent
        query = session.query(event)
        if sender is not None:
            query = query.filter(event.sender_id == sender)
        else:
            alive = session.query(event.sender_id).filter(event.timestamp >= before)
            query = query.filter(event.sender_id.not_in(alive))
        count = int(query.delete(synchronize_session=False))
        session.commit()
        return count


def _sql_store(store: Any) -> Any:
    while not hasattr(store, "SQLEvent"):
        store = getattr(store, "_tracker_store", None)
        if store is None:
            raise NoSqlStoreError
    return store
