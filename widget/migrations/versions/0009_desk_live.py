"""Phone calls, and chats that a consultant takes over."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "calls",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("user_id", sa.String(36), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("started_at", moment),
        sa.Column("ended_at", moment),
        sa.Column("seconds", sa.Integer),
        sa.Column("outcome", sa.String(16)),
        sa.Column("topic", sa.String(64)),
        sa.Column("audience", sa.String(24)),
        sa.Column("voivodeship", sa.String(32)),
        sa.Column("county", sa.String(80)),
        sa.Column("satisfied", sa.Boolean),
        sa.Column("reported_at", moment),
    )
    op.create_index("ix_calls_user_ended", "calls", ["user_id", "ended_at"])
    op.create_index("ix_calls_reported", "calls", ["reported_at"])
    op.create_table(
        "takeovers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "conversation_id", sa.String(36), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False,
            index=True,
        ),
        sa.Column("state", sa.String(16), nullable=False),
        # The conversation while it waits or is led, empty afterwards: so there is one at a time.
        sa.Column("open_for", sa.String(36), unique=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("queued_at", moment, nullable=False),
        sa.Column("taken_at", moment),
        sa.Column("ended_at", moment),
        sa.Column("user_id", sa.String(36), sa.ForeignKey("users.id"), index=True),
        sa.Column("consultant_seen_at", moment),
        sa.Column("visitor_seen_at", moment, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_index("ix_takeovers_state_queued", "takeovers", ["state", "queued_at"])
    op.create_table(
        "live_messages",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "takeover_id", sa.String(36), sa.ForeignKey("takeovers.id", ondelete="CASCADE"), nullable=False,
            index=True,
        ),
        sa.Column(
            "conversation_id", sa.String(36), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False,
            index=True,
        ),
        sa.Column("who", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.UniqueConstraint("takeover_id", "client_id"),
    )
    op.create_table(
        "consultants_present",
        sa.Column("user_id", sa.String(36), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seen_at", moment, nullable=False),
    )


def downgrade() -> None:
    for table in ("consultants_present", "live_messages", "takeovers", "calls"):
        op.drop_table(table)
