"""What a human is to answer, and what a message came with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(16), unique=True),
        sa.Column("client_id", sa.String(64)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(20)),
        sa.Column("consent_at", moment),
        sa.Column("county", sa.String(80)),
        sa.Column("office", sa.String(64)),
        sa.Column("partner", sa.String(40)),
        sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id", ondelete="SET NULL")),
        sa.Column("topic", sa.String(64)),
        sa.Column("payload", sa.JSON),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("due_at", moment),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("assigned_to", sa.String(36)),
        sa.Column("held_by", sa.String(36)),
        sa.Column("held_until", moment),
        sa.Column("merged_into", sa.String(36), sa.ForeignKey("tickets.id", ondelete="SET NULL")),
        sa.UniqueConstraint("conversation_id", "client_id"),
    )
    op.add_column("messages", sa.Column("extra", sa.JSON))
    op.create_index("ix_tickets_state_due", "tickets", ["state", "due_at"])
    op.create_index("ix_tickets_office", "tickets", ["office"])


def downgrade() -> None:
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("extra")
    op.drop_table("tickets")
