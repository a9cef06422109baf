"""Alembic's entry for the hub: runs the versions on the connection that ``models.hub.schema`` hands in."""

from alembic import context

connection = context.config.attributes["connection"]
# Beside the hub's schema, which the first version makes.
context.configure(connection=connection, version_table="hub_version", transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
