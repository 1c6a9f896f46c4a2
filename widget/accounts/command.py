"""The command `zielona admin`: the first administrator, and a way back in for one who is locked out."""

from __future__ import annotations

import getpass
from collections.abc import Callable

from widget.accounts.audit import AuditLog
from widget.accounts.repository import AccountRepository
from widget.accounts.roles import Role
from widget.accounts.service import Accounts
from widget.accounts.signin import SignIn, normal_email
from widget.forms import FormError
from widget.storage.engine import database_engine, migrate
from zielona.environments import secret
from zielona.settings import Settings


class AccountCommand:
    """Works on the database of the settings; `report` takes lines for the operator."""

    def __init__(self, settings: Settings, report: Callable[[str], None]) -> None:
        migrate(settings.database_url)
        key = secret(settings)
        self._repository = AccountRepository(database_engine(settings.database_url))
        self._sign_in = SignIn(self._repository, key)
        self._accounts = Accounts(self._repository, self._sign_in)
        self._log = AuditLog(self._repository, key)
        self._report = report

    def create(self, email: str, name: str, *, generate: bool) -> int:
        """Make an administrator; the password is asked for, or generated and shown once."""
        password = None if generate else _asked()
        try:
            user, shown = self._accounts.create(
                email=email, name=name, role=Role.ADMINISTRATOR.value, password=password
            )
        except FormError as error:
            for problem in error.errors.values():
                self._report(f"BŁĄD: {problem}")
            return 1
        self._log.write("uzytkownik.dodany", user.email, {"rola": user.role, "polecenie": True}, user_id=None)
        self._report(f"Konto administratora {user.email} jest gotowe. Logowanie: /panel/")
        if generate:
            self._show(shown)
        return 0

    def reset(self, email: str) -> int:
        """Give an account a new generated password, without lock and second factor."""
        user = self._repository.user_by_email(normal_email(email))
        if user is None:
            self._report("BŁĄD: nie ma konta z tym adresem e-mail.")
            return 1
        password = self._accounts.reset(user)
        self._accounts.set_active(user, active=True)
        self._log.write("uzytkownik.haslo", user.email, {"polecenie": True}, user_id=None)
        self._show(password)
        return 0

    def _show(self, password: str) -> None:
        self._report(f"Hasło (pokazywane tylko teraz, do zmiany przy pierwszym logowaniu): {password}")


def _asked() -> str:
    password = getpass.getpass("Hasło: ")
    while password != getpass.getpass("Hasło jeszcze raz: "):
        password = getpass.getpass("Hasła nie są takie same. Hasło: ")
    return password
