"""The consultant's inbox: folded text for search, notes, tags, history, ready texts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("tickets", sa.Column("search_text", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_tickets_queue", "tickets", [sa.text("priority DESC"), "due_at", "id"])
    op.create_index("ix_tickets_updated", "tickets", [sa.text("updated_at DESC"), sa.text("id DESC")])
    # Counts and the choices of filters are read from the index alone: rows are long.
    op.create_index("ix_tickets_filters", "tickets", ["state", "assigned_to", "due_at", "county", "topic"])
    op.create_index("ix_tickets_conversation", "tickets", ["conversation_id"])
    op.create_table(
        "ticket_notes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "ticket_id", sa.String(36), sa.ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_table(
        "ticket_tags",
        sa.Column("ticket_id", sa.String(36), sa.ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("tag", sa.String(30), primary_key=True, index=True),
    )
    op.create_table(
        "ticket_history",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.String(36), sa.ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("user_id", sa.String(36)),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_ticket_history_ticket", "ticket_history", ["ticket_id", "id"])
    op.create_table(
        "ready_texts",
        sa.Column("id", sa.String(36), primary_key=True),
        # Empty: shared by all.
        sa.Column("user_id", sa.String(36), index=True),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    _fill_search_text()


def _fill_search_text() -> None:
    """Tickets that are there already can be found, too."""
    from widget.tickets.models import SEARCHED, searched_text

    tickets = sa.table("tickets", *(sa.column(name) for name in ("id", "search_text", *SEARCHED)))
    bind = op.get_bind()
    for row in bind.execute(sa.select(tickets.c.id, *(tickets.c[name] for name in SEARCHED))).mappings().all():
        text = searched_text({name: row[name] for name in SEARCHED})
        bind.execute(tickets.update().where(tickets.c.id == row["id"]).values(search_text=text))


def downgrade() -> None:
    for table in ("ready_texts", "ticket_history", "ticket_tags", "ticket_notes"):
        op.drop_table(table)
    for index in ("ix_tickets_queue", "ix_tickets_updated", "ix_tickets_filters", "ix_tickets_conversation"):
        op.drop_index(index, "tickets")
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_column("search_text")
