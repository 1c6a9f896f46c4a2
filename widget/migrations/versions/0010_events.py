"""Events of all channels."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(24)),
        sa.Column("topic", sa.String(64)),
        sa.Column("partner", sa.String(40)),
        sa.Column("voivodeship", sa.String(24)),
        sa.Column("county", sa.String(48)),
        sa.Column("audience", sa.String(24)),
        sa.Column("helpful", sa.Boolean),
        sa.Column("reason", sa.String(16)),
        sa.Column("milliseconds", sa.Integer),
        sa.Column("model", sa.String(64)),
        sa.Column("link", sa.String(32)),
        sa.Column("ref", sa.String(32), unique=True),
        sa.Column("made_up", sa.Boolean, nullable=False),
    )
    op.create_index("ix_events_day", "events", ["day"])
    op.create_index("ix_events_link", "events", ["link"])
    op.create_table(
        "event_marks",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("day", sa.Date, nullable=False),
    )


def downgrade() -> None:
    for table in ("event_marks", "events"):
        op.drop_table(table)
