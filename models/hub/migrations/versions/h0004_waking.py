"""Whoever tells wakes no more lines than a small server bears."""

from models.hub.schema import run_sql

revision = "h0004"
down_revision = "h0003"


def upgrade() -> None:
    run_sql("h0004")


def downgrade() -> None:
    run_sql("h0003_tell_all")
