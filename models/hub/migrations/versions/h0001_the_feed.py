"""The feed of every corner, and the three functions."""

from models.hub.schema import run_sql

revision = "h0001"
down_revision = None


def upgrade() -> None:
    run_sql("h0001")
    run_sql("h0001_erasing")


def downgrade() -> None:
    from alembic import op

    op.execute("drop schema hub cascade")
