"""Versions of the assistant that can be published, and the jobs that make them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "training_jobs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("state", sa.String(16), nullable=False),
        # 1 while it waits or works, empty afterwards: so there is one at a time.
        sa.Column("open", sa.Integer, unique=True),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("log", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("commit", sa.String(40), nullable=False),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("worker", sa.String(120), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("started_at", moment),
        sa.Column("beat_at", moment),
        sa.Column("ended_at", moment),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("commit", sa.String(40), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("model", sa.String(120), nullable=False),
        sa.Column("index_version", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("gates", sa.JSON, nullable=False),
        sa.Column("report", sa.String(255), nullable=False),
        sa.Column("job_id", sa.Integer, sa.ForeignKey("training_jobs.id")),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("published_at", moment),
        sa.Column("published_by", sa.String(36)),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_releases_state", "releases", ["state"])


def downgrade() -> None:
    for table in ("releases", "training_jobs"):
        op.drop_table(table)
