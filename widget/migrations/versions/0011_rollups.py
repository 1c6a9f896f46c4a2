"""Roll-ups of events by hour, day and month, and the jobs that keep them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MEASURES = (
    "contacts questions answered choices asked unknown handed_over unreadable failed helpful unhelpful searches tickets "
    "calls suggestions_taken suggestions_edited suggestions_rejected milliseconds timed quick talks solved made_up"
).split()


def measures():
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in MEASURES]


def upgrade() -> None:
    op.create_table(
        "rollup_hours",
        sa.Column("hour", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("local_hour", sa.Integer, nullable=False),
        *measures(),
    )
    op.create_index("ix_rollup_hours_day", "rollup_hours", ["day"])
    op.create_table(
        "rollup_values",
        sa.Column("dimension", sa.String(16), primary_key=True),
        sa.Column("span", sa.String(1), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("value", sa.String(80), primary_key=True),
        sa.Column("channel", sa.String(16), primary_key=True),
        *measures(),
    )
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.String(32)),
    )


def downgrade() -> None:
    for table in ("jobs", "rollup_values", "rollup_hours"):
        op.drop_table(table)
