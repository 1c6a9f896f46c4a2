"""What people wrote, as editors label it, and changes of content that wait for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("label_queue") as batch:
        batch.add_column(sa.Column("turn_id", sa.String(36)))
        batch.add_column(sa.Column("score", sa.Float, nullable=False, server_default="1.5"))
        batch.add_column(sa.Column("group_id", sa.Integer))
        batch.add_column(sa.Column("place", sa.Integer, nullable=False, server_default="0"))
        batch.add_column(sa.Column("control", sa.String(16)))
        batch.add_column(sa.Column("held_by", sa.String(36)))
        batch.add_column(sa.Column("held_until", moment))
        # Whoever has a conversation erased takes its questions out of the queue, too.
        batch.create_foreign_key("fk_label_queue_turn", "turns", ["turn_id"], ["id"], ondelete="CASCADE")
    op.create_index("ix_label_queue_turn", "label_queue", ["turn_id"], unique=True)
    # The list of groups is read from the index alone: rows are long.
    op.create_index("ix_label_queue_groups", "label_queue", ["state", "group_id", "reason", "score"])
    op.create_index("ix_label_queue_order", "label_queue", ["state", "group_id", "place"])
    op.create_index("ix_label_queue_control", "label_queue", ["control"])
    op.create_table(
        "label_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("topic", sa.String(64)),
    )
    op.create_table(
        "label_decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("item_id", sa.String(36), nullable=False),
        sa.Column("control", sa.Boolean, nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("label", sa.String(64), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.UniqueConstraint("item_id", "control"),
    )
    grouping = op.create_table(
        "label_grouping",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("holder", sa.String(36), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("beat_at", moment),
        sa.Column("finished_at", moment),
    )
    row = {"id": 1, "state": "nigdy", "holder": "", "step": "", "done": 0, "total": 0}
    op.bulk_insert(grouping, [row])
    _add_proposals(moment)


def _add_proposals(moment: sa.DateTime) -> None:
    op.add_column("users", sa.Column("publishes", sa.Boolean, nullable=False, server_default=sa.false()))
    # Editors could change answers by themselves until now; new ones get the right from the administrator.
    op.execute(sa.text("UPDATE users SET publishes = true WHERE role = 'redaktor'"))
    op.create_table(
        "content_proposals",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("path", sa.String(255), nullable=False, index=True),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("author_id", sa.String(36), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_by", sa.String(36), sa.ForeignKey("users.id")),
        sa.Column("decided_at", moment),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_content_proposals_state", "content_proposals", ["state", "created_at"])


def downgrade() -> None:
    op.drop_table("content_proposals")
    op.drop_column("users", "publishes")
    for table in ("label_grouping", "label_decisions", "label_groups"):
        op.drop_table(table)
    for index in ("control", "order", "groups", "turn"):
        op.drop_index(f"ix_label_queue_{index}", "label_queue")
    with op.batch_alter_table("label_queue") as batch:
        batch.drop_constraint("fk_label_queue_turn", type_="foreignkey")
        for column in ("turn_id", "score", "group_id", "place", "control", "held_by", "held_until"):
            batch.drop_column(column)
