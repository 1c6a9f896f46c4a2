"""The partner on whose page a conversation began."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("partner", sa.String(40)))
        table.create_index("ix_conversations_partner", ["partner"])


def downgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.drop_index("ix_conversations_partner")
        table.drop_column("partner")
