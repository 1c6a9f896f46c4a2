"""Sends e-mail over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal
from urllib.parse import unquote, urlsplit

from zielona.settings import SettingError, Settings

_SECONDS = 20.0
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class MailError(RuntimeError):
    """The message was not taken by the server; the text says why, without addresses."""


@dataclass(frozen=True)
class Attachment:
    """A file of a message."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Mailer:
    """A mail server: `scheme` is smtp, smtps (TLS from the start) or smtp+starttls."""

    scheme: Literal["smtp", "smtps", "smtp+starttls"]
    host: str
    port: int
    user: str
    password: str
    sender: str

    def send(self, to: list[str], subject: str, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Raises MailError."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, ", ".join(to), subject
        message.set_content(text)
        for file in attachments:
            main, sub = file.mimetype.split("/", 1)
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        try:
            with self._connect() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        if self.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        return server


def mailer(settings: Settings) -> Mailer | None:
    """The server of the settings; None where none is set. Raises SettingError."""
    address = settings.text("SMTP_URL")
    if not address:
        return None
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as error:
        raise SettingError("ZL_SMTP_URL ma zły numer portu") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingError(f"ZL_SMTP_URL musi zaczynać się od: {', '.join(f'{name}://' for name in _PORTS)}")
    sender = settings.text("MAIL_FROM")
    if not sender:
        raise SettingError("Przy ustawionym ZL_SMTP_URL potrzebny jest nadawca: ZL_MAIL_FROM")
    return Mailer(
        scheme=parts.scheme,  # type: ignore[arg-type]
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )
