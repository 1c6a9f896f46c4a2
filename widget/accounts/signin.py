"""Signing in: password, lock-out, second factor, and the institution's own sign-in."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from widget.accounts import passwords, totp
from widget.accounts.models import User
from widget.accounts.repository import AccountRepository
from widget.accounts.sessions import Clock
from zielona.clock import WARSAW, utc_now

LIMIT = 5
LOCK = dt.timedelta(minutes=15)
_FORGET = dt.timedelta(hours=24)
WRONG = "Adres e-mail albo hasło są niepoprawne. Po {} nieudanych próbach logowanie jest blokowane na {} minut."
WRONG_CODE = "Kod jest niepoprawny albo był już użyty. Proszę wpisać kod, który aplikacja pokazuje teraz."
NO_ACCOUNT = (
    "Ta osoba nie ma konta w panelu albo konto jest wyłączone. Konta zakłada administrator, na ten sam adres e-mail."
)


class SignInError(Exception):
    """Signing in failed; the text is for the reader. `locked` where this attempt caused a lock."""

    def __init__(self, detail: str, *, locked: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.locked = locked


@dataclass(frozen=True)
class Entered:
    """Who signed in; `code_due` where the second factor is missing, `failures` since the last sign-in."""

    user: User
    code_due: bool = False
    failures: int = 0


class SignIn:
    """The ways in. Attempts are counted by the address typed, so a lock does not tell whether it has an account."""

    def __init__(self, repository: AccountRepository, secret: str, *, clock: Clock = utc_now) -> None:
        self._repository = repository
        self._secret = secret.encode()
        self.clock = clock

    def with_password(self, email: str, password: str) -> Entered:
        """Raises SignInError."""
        email = normal_email(email)
        attempt = self._count(email)
        user = self._repository.user_by_email(email)
        if not passwords.verify(password, user.password_hash if user else None) or user is None or not user.active:
            raise self._failed(attempt, WRONG.format(LIMIT, LOCK.seconds // 60))
        if passwords.needs_rehash(user.password_hash):
            self._repository.change_user(user.id, password_hash=passwords.hash_password(password))
        if user.totp_secret:
            self._repository.forgive_attempt(self._key(email))
            return Entered(user, code_due=True)
        return self._entered(user, failures=attempt - 1)

    def with_code(self, user: User, code: str) -> tuple[Entered, bool]:
        """The second factor: a code of the moment, or a recovery code (then True). Raises SignInError."""
        attempt = self._count(user.email)
        step = totp.matching_step(user.totp_secret or "", code, self.clock())
        if step is not None and self._repository.take_totp_step(user.id, step):
            return self._entered(user, failures=attempt - 1), False
        if self._repository.take_recovery_code(user.id, self.recovery_hash(code)):
            return self._entered(user, failures=attempt - 1), True
        raise self._failed(attempt, WRONG_CODE)

    def with_claims(self, issuer: str, claims: dict[str, Any]) -> Entered:
        """OpenID Connect: by the subject once known, else by an e-mail address that the issuer verified.

        Raises SignInError.
        """
        subject = f"{issuer}|{claims['sub']}"
        user = self._repository.user_by_subject(subject)
        if user is None and claims.get("email") and claims.get("email_verified") is True:
            user = self._repository.user_by_email(normal_email(str(claims["email"])))
            if user is not None and user.oidc_subject is None and user.active:
                self._repository.change_user(user.id, oidc_subject=subject)
            else:
                user = None
        if user is None or not user.active:
            raise SignInError(NO_ACCOUNT)
        return self._entered(user, failures=0)

    def unlock(self, email: str) -> None:
        self._repository.clear_attempts(self._key(email))

    def recovery_hash(self, code: str) -> str:
        return hmac.new(self._secret, f"recovery:{totp.plain_code(code)}".encode(), hashlib.sha256).hexdigest()

    def _count(self, email: str) -> int:
        now = self.clock()
        key = self._key(email)
        until = self._repository.locked_until(key, now=now)
        if until:
            raise SignInError(_locked(until))
        attempt = self._repository.count_attempt(key, now=now, limit=LIMIT, lock=LOCK, forget=_FORGET)
        if attempt > LIMIT:
            raise SignInError(_locked(now + LOCK))
        return attempt

    def _failed(self, attempt: int, detail: str) -> SignInError:
        if attempt >= LIMIT:
            return SignInError(_locked(self.clock() + LOCK), locked=True)
        left = LIMIT - attempt
        return SignInError(f"{detail} Pozostało prób: {left}.")

    def _entered(self, user: User, *, failures: int) -> Entered:
        self._repository.clear_attempts(self._key(user.email))
        self._repository.change_user(user.id, last_login_at=self.clock())
        return Entered(user, failures=failures)

    def _key(self, email: str) -> str:
        return hmac.new(self._secret, f"sign-in:{email}".encode(), hashlib.sha256).hexdigest()


def normal_email(email: str) -> str:
    return email.strip().lower()[:254]


def _locked(until: dt.datetime) -> str:
    return (
        f"Po {LIMIT} nieudanych próbach logowanie na ten adres jest zablokowane do godz. "
        f"{until.astimezone(WARSAW):%H.%M}. Wcześniej może je odblokować administrator, nadając nowe hasło."
    )
