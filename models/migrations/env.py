"""Alembic's entry: runs the versions on the connection that ``models.schema`` hands in."""

from alembic import context

from models import tables  # noqa: F401 (every table registers itself)
from models.tables_base import Kiosk

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Kiosk.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
