"""The inbox with ten thousand tickets beside an empty one: first page, filters, search, a page far behind.

Both are served by turns in one process, over SQLite, through the whole application with sign-in.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import tempfile
import uuid
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import insert

from benchmarks.staff import signed_in, text_of
from benchmarks.table import show, spread, timed
from knowledge_base.content.store import load_content
from widget.accounts.roles import Role
from widget.app import create_app
from widget.console.inbox.models import Tag
from widget.storage.engine import database_engine, migrate
from widget.tickets.counties import counties
from widget.tickets.models import SEARCHED, Ticket, searched_text
from widget.tickets.references import new_reference
from zielona.settings import Settings

_ADDRESS = "/panel/zgloszenia"
# As after some months: most are done.
_STATES = ("nowe", "w_toku", "wyslane", "zamkniete")
_WEIGHTS = (10, 5, 45, 40)


def fill(url: str, count: int, person: str) -> None:
    """Store `count` made-up tickets, with questions that are examples of topics."""
    made = random.Random(7)  # noqa: S311 - nothing secret
    examples = [(name, text) for name, topic in load_content().topics.items() for text in topic.examples]
    places, now = list(counties().titles), dt.datetime.now(tz=dt.timezone.utc)
    rows, tags = [], []
    for _ in range(count):
        topic, text = made.choice(examples)
        created = now - dt.timedelta(minutes=made.randrange(60 * 24 * 120))
        row = {
            "id": str(uuid.uuid4()), "reference": new_reference(now.year), "client_id": uuid.uuid4().hex,
            "kind": made.choice(("pytanie", "pytanie", "skarga", "oferta_pracy", "rozmowa")),
            "state": made.choices(_STATES, _WEIGHTS)[0], "priority": int(made.random() < 0.1), "subject": text[:120],
            "text": text * 3, "email": f"osoba{made.randrange(5000)}@example.org", "phone": None, "consent_at": created,
            "county": made.choice(places), "office": None, "partner": None, "conversation_id": None, "topic": topic,
            "payload": None, "summary": [{"who": "visitor", "text": text}] * 6, "created_at": created,
            "due_at": created + dt.timedelta(days=2), "updated_at": created, "held_by": None, "held_until": None,
            "assigned_to": person if made.random() < 0.3 else None, "merged_into": None,
        }  # fmt: skip
        rows.append({**row, "search_text": searched_text({name: row[name] for name in SEARCHED})})
        tags += [{"ticket_id": row["id"], "tag": made.choice(("kadry", "urlopy", "pilny kontakt"))}]
    engine = database_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(Ticket), rows)
        connection.execute(insert(Tag), tags)
    engine.dispose()


def inbox(folder: Path, count: int) -> FlaskClient:
    """A signed-in browser in front of an inbox with so many tickets."""
    url = f"sqlite:///{folder / f'{count}.db'}"
    migrate(url)
    app = create_app(Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": url}))
    client, person = signed_in(app, Role.CONSULTANT)
    if count:
        fill(url, count, person)
    return client


def far_behind(client: FlaskClient, pages: int) -> str:
    """The address of a page so many pages behind the first."""
    address = f"{_ADDRESS}?stan=wszystkie"
    for _ in range(pages):
        following = re.search(r'rel="next" href="([^"]+)"', text_of(client, address))
        if following is None:
            break
        address = following[1].replace("&amp;", "&")
    return address


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty, full = inbox(Path(folder), 0), inbox(Path(folder), options.tickets)
        addresses = {
            "first page": _ADDRESS,
            "my overdue ones": f"{_ADDRESS}?moje=1&po_terminie=1",
            "search in all, folded": f"{_ADDRESS}?stan=wszystkie&szukaj=zasilek+zlecenie",
            "tag and county": f"{_ADDRESS}?etykieta=kadry&powiat=podlaskie/Łomża",
            "50 pages behind": far_behind(full, 50),
        }
        rows = []
        for name, address in addresses.items():
            times: dict[str, list[float]] = {"empty": [], "full": []}
            for number in range(options.times + 3):
                pair = (timed(lambda: text_of(empty, address)), timed(lambda: text_of(full, address)))  # noqa: B023
                if number >= 3:
                    times["empty"].append(pair[0])
                    times["full"].append(pair[1])
            rows.append((name, *spread(times["empty"]), *spread(times["full"])))
        head = ("ms", "empty: median", "p95", f"{options.tickets}: median", "p95")
        show("Inbox, the whole request in one process", head, rows)


if __name__ == "__main__":
    main()
