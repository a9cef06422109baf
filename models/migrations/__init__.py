"""Schema changes by Alembic, from the first table on."""
