"""What was suggested to consultants, what they sent, what visitors said of it, and what editors should look at."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "ticket_replies",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("ticket_id", sa.String(36), _ticket(), nullable=False, index=True),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("suggested", sa.Text, nullable=False),
        sa.Column("likeness", sa.Float),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("sent_at", moment, index=True),
        sa.Column("helpful", sa.Boolean),
        sa.Column("reason", sa.String(16)),
        sa.Column("rated_at", moment),
    )
    op.create_table(
        "ticket_suggestions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("ticket_id", sa.String(36), _ticket(), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("origin", sa.String(160), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("used_share", sa.Float),
        sa.Column("user_id", sa.String(36)),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("decided_at", moment),
        sa.Column("reply_id", sa.String(36), sa.ForeignKey("ticket_replies.id", ondelete="SET NULL")),
        sa.UniqueConstraint("ticket_id", "round", "position"),
    )
    op.create_index("ix_ticket_suggestions_reply", "ticket_suggestions", ["reply_id"])
    op.create_table(
        "label_queue",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    )
    op.create_index("ix_label_queue_state", "label_queue", ["state", "created_at"])


def _ticket() -> sa.ForeignKey:
    return sa.ForeignKey("tickets.id", ondelete="CASCADE")


def downgrade() -> None:
    for table in ("label_queue", "ticket_suggestions", "ticket_replies"):
        op.drop_table(table)
