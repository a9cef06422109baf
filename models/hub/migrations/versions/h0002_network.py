"""What coordinators see of the corners, and the one function that tells it."""

from alembic import op

from models.hub.schema import run_sql

revision = "h0002"
down_revision = "h0001"


def upgrade() -> None:
    run_sql("h0002")


def downgrade() -> None:
    op.execute("drop function hub.network(date, date)")
    for table in ("told_month", "told_people", "told_day", "told_corner", "coordinator"):
        op.execute(f"drop table hub.{table}")
