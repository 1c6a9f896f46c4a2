"""The job: one at a time, everything that is due, the report really received."""

from __future__ import annotations

import datetime as dt
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from aiosmtpd.controller import Controller
from pypdf import PdfReader
from sqlalchemy import Engine, delete, select

from widget.events.facts import Facts
from widget.events.models import Event, Mark
from widget.events.repository import EventRepository
from widget.mail import Mailer, MailError, mailer
from widget.statistics.jobs import MONTHLY, Keeper, Leases
from widget.statistics.models import JOBS
from widget.statistics.service import Statistics, make_statistics
from zielona.sandbox import free_ports
from zielona.settings import SettingError, Settings

NIGHT = dt.datetime(2026, 11, 1, 3, 0, tzinfo=dt.timezone.utc)
MORNING = dt.datetime(2026, 11, 1, 7, 0, tzinfo=dt.timezone.utc)


class Mailbox:
    """What a real SMTP server was given."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        parsed = BytesParser(policy=email.policy.default).parsebytes(envelope.content)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, Mailer]]:
    box, port = Mailbox(), free_ports(1)[0]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    found = mailer(Settings({"ZL_SMTP_URL": f"smtp://127.0.0.1:{port}", "ZL_MAIL_FROM": "linia@example.org"}))
    assert found is not None
    yield box, found
    controller.stop()


@pytest.fixture
def jobs(database: Engine) -> Engine:
    with database.begin() as connection:
        connection.execute(delete(JOBS))
    return database


def test_a_job_has_one_holder_until_its_lease_ends(jobs: Engine) -> None:
    one, other = Leases(jobs), Leases(jobs)
    assert one.take("work", now=NIGHT)
    assert one.take("work", now=NIGHT + dt.timedelta(minutes=1)), "the holder keeps it"
    assert not other.take("work", now=NIGHT + dt.timedelta(minutes=2))
    assert other.take("work", now=NIGHT + dt.timedelta(minutes=7)), "a holder that died loses it"
    assert not one.take("work", now=NIGHT + dt.timedelta(minutes=8))


def keeper(season: Engine, statistics: Statistics, sender: Mailer | None) -> Keeper:
    with season.begin() as connection:
        connection.execute(delete(JOBS))
    return Keeper(season, EventRepository(season, "s" * 32), statistics, sender, ["szef@example.org", "b@example.org"])


def test_the_queue_of_the_studio_is_filled_once_an_hour(season: Engine, statistics: Statistics) -> None:
    made, filled = keeper(season, statistics, None), list[str]()
    made.labels = lambda: filled.append("x")
    for minutes in (0, 1, 40):
        made.tick(NIGHT + dt.timedelta(minutes=minutes))
    assert len(filled) == 1
    made.tick(NIGHT + dt.timedelta(minutes=61))
    assert len(filled) == 2


def test_the_report_is_received_once_with_both_files(
    season: Engine, statistics: Statistics, mailbox: tuple[Mailbox, Mailer]
) -> None:
    box, sender = mailbox
    made = keeper(season, statistics, sender)
    made.tick(NIGHT)
    assert box.messages == []
    for hours in (0, 1, 24):
        made.tick(MORNING + dt.timedelta(hours=hours))
    [message] = box.messages
    assert message["To"] == "szef@example.org, b@example.org"
    assert message["Subject"] == "Zielona Linia: raport, październik 2026"
    body = message.get_body()
    assert isinstance(body, EmailMessage)
    assert "dane zmyślone" in body.get_content()
    files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert files.keys() == {"raport-2026-10.pdf", "raport-2026-10.xlsx"}
    assert "październik 2026" in PdfReader(BytesIO(files["raport-2026-10.pdf"])).pages[0].extract_text()
    assert "Definicje" in openpyxl.load_workbook(BytesIO(files["raport-2026-10.xlsx"])).sheetnames


def test_a_report_that_could_not_be_sent_is_tried_again(
    season: Engine, statistics: Statistics, mailbox: tuple[Mailbox, Mailer]
) -> None:
    box, sender = mailbox
    made = keeper(season, statistics, Mailer("smtp", "127.0.0.1", free_ports(1)[0], "", "", "linia@example.org"))
    made.tick(MORNING)
    with season.connect() as connection:
        assert connection.scalar(select(JOBS.c.done).where(JOBS.c.name == MONTHLY)) is None
    made.mailer = sender
    made.tick(MORNING + dt.timedelta(minutes=1))
    assert len(box.messages) == 1


def test_a_tick_counts_what_is_new_and_cuts_links_of_what_is_gone(jobs: Engine) -> None:
    with jobs.begin() as connection:
        connection.execute(delete(Event))
        connection.execute(delete(Mark))
    events = EventRepository(jobs, "s" * 32)
    from widget.statistics.report import Names

    statistics = make_statistics(jobs, Names({}, {}))
    events.add([Facts("question", "chat", at=NIGHT, outcome="answered", conversation="erased elsewhere")])
    assert statistics.repository.waiting() == 1
    Keeper(jobs, events, statistics).tick(MORNING)
    assert statistics.repository.waiting() == 0
    with jobs.connect() as connection:
        assert str(connection.scalar(select(Event.link))).startswith("x")


def test_a_failing_tick_does_not_end_the_job(jobs: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from widget.statistics.report import Names

    made = Keeper(jobs, EventRepository(jobs, "s" * 32), make_statistics(jobs, Names({}, {})))
    ticks: list[dt.datetime] = []

    def tick(now: dt.datetime) -> None:
        ticks.append(now)
        if len(ticks) > 2:
            made.stopping.set()
        raise RuntimeError("broken")

    monkeypatch.setattr("widget.statistics.jobs._PAUSE", 0.0)
    monkeypatch.setattr(made, "tick", tick)
    made.run()
    assert len(ticks) == 3


@pytest.mark.parametrize(
    "values",
    [
        {"ZL_SMTP_URL": "http://mail.example.org", "ZL_MAIL_FROM": "a@example.org"},
        {"ZL_SMTP_URL": "smtp://", "ZL_MAIL_FROM": "a@example.org"},
        {"ZL_SMTP_URL": "smtp://mail.example.org:port", "ZL_MAIL_FROM": "a@example.org"},
        {"ZL_SMTP_URL": "smtp://mail.example.org"},
    ],
)
def test_wrong_settings_of_mail_name_themselves(values: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="ZL_"):
        mailer(Settings(values))


def test_mail_is_off_without_a_server_and_ports_follow_the_scheme() -> None:
    assert mailer(Settings({})) is None
    found = mailer(Settings({"ZL_SMTP_URL": "smtp+starttls://ja%40x:ha%2Fslo@mail", "ZL_MAIL_FROM": "a@example.org"}))
    assert found is not None
    assert (found.port, found.user, found.password) == (587, "ja@x", "ha/slo")


def test_a_server_that_is_away_is_told_without_addresses() -> None:
    away = Mailer("smtp", "127.0.0.1", free_ports(1)[0], "", "", "linia@example.org")
    with pytest.raises(MailError) as error:
        away.send(["kto@example.org"], "Próba", "Treść")
    assert "@" not in str(error.value)
