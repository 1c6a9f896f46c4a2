"""Alembic's entry: runs the migrations on the URL that `widget.storage.engine.migrate` hands over."""

from alembic import context

from widget.storage.engine import database_engine
from widget.storage.models import Base

url = context.config.get_main_option("sqlalchemy.url")
assert url  # noqa: S101 - set by migrate
engine = database_engine(url)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
