"""What staff and the administrator do with accounts."""

from __future__ import annotations

import re

from widget.accounts import passwords, totp
from widget.accounts.models import User
from widget.accounts.repository import AccountRepository, TakenError
from widget.accounts.roles import Role
from widget.accounts.signin import SignIn, normal_email
from widget.forms import FormError

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_NOT_CURRENT = "To nie jest obecne hasło."
LAST_ADMINISTRATOR = "To jedyne działające konto administratora. Najpierw trzeba nadać tę rolę komuś jeszcze."


class Accounts:
    """Accounts of staff: making, changing, passwords, second factor. Raises FormError where data are wrong."""

    def __init__(self, repository: AccountRepository, sign_in: SignIn) -> None:
        self._repository = repository
        self._sign_in = sign_in

    def create(
        self, *, email: str, name: str, role: str, password: str | None = None, publishes: bool = False
    ) -> tuple[User, str]:
        """Make an account; without a password a generated one, which its owner changes at the first sign-in.

        Returns the account and its password.
        """
        email, name = normal_email(email), name.strip()
        errors = _identity_errors(email, name, role)
        if password is not None and (weak := passwords.weakness(password, known=(email, name))):
            errors["password"] = weak
        if errors:
            raise FormError(errors)
        chosen = password or passwords.generate()
        try:
            user = self._repository.add_user(
                email=email, name=name, role=Role(role), password_hash=passwords.hash_password(chosen),
                must_change=password is None, publishes=publishes, now=self._sign_in.clock(),
            )  # fmt: skip
        except TakenError as error:
            raise FormError({"email": "Ten adres ma już konto."}) from error
        return user, chosen

    def change(self, user: User, *, name: str, role: str, publishes: bool) -> dict[str, list[str]]:
        """Change name, role and the right to publish; returns what changed, as [old, new] by field."""
        name = name.strip()
        errors = _identity_errors(user.email, name, role)
        if errors:
            raise FormError(errors)
        if not self._repository.change_unless_last(user.id, name=name, role=role, publishes=publishes):
            raise FormError({"role": LAST_ADMINISTRATOR})
        yes_no = {True: "tak", False: "nie"}
        before = {"imię i nazwisko": user.name, "rola": user.role, "publikuje": yes_no[bool(user.publishes)]}
        after = {"imię i nazwisko": name, "rola": role, "publikuje": yes_no[publishes]}
        return {key: [before[key], after[key]] for key in before if before[key] != after[key]}

    def set_active(self, user: User, *, active: bool) -> None:
        """Open or close an account; closing ends all its sessions."""
        if not self._repository.change_unless_last(user.id, active=active):
            raise FormError({"active": LAST_ADMINISTRATOR})
        if not active:
            self._repository.end_sessions(user.id)

    def reset(self, user: User) -> str:
        """Give a new password to be changed, without second factor and lock; returns it. All sessions end."""
        password = passwords.generate()
        self._repository.change_user(
            user.id, password_hash=passwords.hash_password(password), must_change=True, totp_secret=None
        )
        self._repository.set_recovery_codes(user.id, [])
        self._repository.end_sessions(user.id)
        self._sign_in.unlock(user.email)
        return password

    def change_password(self, user: User, *, current: str, new: str, again: str, session_id: str) -> None:
        """Change one's own password; one's other sessions end."""
        errors = {}
        if not passwords.verify(current, user.password_hash):
            errors["current"] = _NOT_CURRENT
        if weak := passwords.weakness(new, known=(user.email, user.name)):
            errors["new"] = weak
        elif new == current:
            errors["new"] = "Nowe hasło musi być inne niż obecne."
        elif new != again:
            errors["again"] = "Hasła nie są takie same."
        if errors:
            raise FormError(errors)
        self._repository.change_user(user.id, password_hash=passwords.hash_password(new), must_change=False)
        self._repository.end_sessions(user.id, but=session_id)

    def enable_totp(self, user: User, *, secret: str, code: str, password: str) -> list[str]:
        """Turn the second factor on, once its first code is right; returns the recovery codes."""
        errors = {}
        if not passwords.verify(password, user.password_hash):
            errors["password"] = _NOT_CURRENT
        step = totp.matching_step(secret, code, self._sign_in.clock())
        if step is None:
            errors["code"] = "Kod jest niepoprawny. Proszę wpisać kod, który aplikacja pokazuje teraz."
        if errors:
            raise FormError(errors)
        self._repository.change_user(user.id, totp_secret=secret, totp_step=step)
        return self.new_recovery_codes(user)

    def disable_totp(self, user: User, *, password: str) -> None:
        if not passwords.verify(password, user.password_hash):
            raise FormError({"password": _NOT_CURRENT})
        self._repository.change_user(user.id, totp_secret=None, totp_step=None)
        self._repository.set_recovery_codes(user.id, [])

    def new_recovery_codes(self, user: User) -> list[str]:
        codes = totp.new_recovery_codes()
        self._repository.set_recovery_codes(user.id, [self._sign_in.recovery_hash(code) for code in codes])
        return codes


def _identity_errors(email: str, name: str, role: str) -> dict[str, str]:
    errors = {}
    if not _EMAIL.fullmatch(email):
        errors["email"] = "Proszę podać adres e-mail, na przykład imie.nazwisko@urzad.gov.pl."
    if not 3 <= len(name) <= 120:
        errors["name"] = "Proszę podać imię i nazwisko (od 3 do 120 znaków)."
    if role not in {known.value for known in Role}:
        errors["role"] = "Proszę wybrać rolę."
    return errors
