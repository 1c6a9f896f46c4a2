"""The studio as a view sees it: the service, and for whom it works."""

from __future__ import annotations

from flask import current_app

from widget.accounts.access import current_user
from widget.studio.approval.service import Approvals
from widget.studio.repository import Author
from widget.studio.service import Saves, Studio


def current_studio() -> Studio:
    found: Studio = current_app.extensions["zielona_studio"]
    return found


def current_approvals() -> Approvals:
    found: Approvals = current_app.extensions["zielona_approvals"]
    return found


def current_author() -> Author:
    user = current_user()
    return Author(user.name, user.email)


def current_target(title: str) -> Saves:
    """Where the changes of who is signed in go: into the repository, or to a second person."""
    return current_approvals().target(current_user(), title)
