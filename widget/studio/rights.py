"""Who decides what visitors are told."""

from __future__ import annotations

from widget.accounts.models import User
from widget.accounts.roles import Role


def may_publish(user: User) -> bool:
    """Administrators, and editors whom an administrator gave the right to."""
    return user.role == Role.ADMINISTRATOR.value or (user.role == Role.EDITOR.value and bool(user.publishes))
