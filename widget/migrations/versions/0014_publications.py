"""Orders to publish or to try out a release, and the trials that came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("release_id", sa.Integer, sa.ForeignKey("releases.id"), nullable=False),
        sa.Column("share", sa.Float),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("replaced", sa.Integer, sa.ForeignKey("releases.id")),
        sa.Column("state", sa.String(16), nullable=False),
        # 1 while it waits or works, empty afterwards: so there is one at a time.
        sa.Column("open", sa.Integer, unique=True),
        sa.Column("step", sa.String(120), nullable=False),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("ended_at", moment),
    )
    op.create_table(
        "trials",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("release_id", sa.Integer, sa.ForeignKey("releases.id"), nullable=False),
        sa.Column("beside", sa.Integer, sa.ForeignKey("releases.id")),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("stopped_at", moment),
        sa.Column("by", sa.String(36), nullable=False),
    )


def downgrade() -> None:
    for table in ("trials", "publications"):
        op.drop_table(table)
