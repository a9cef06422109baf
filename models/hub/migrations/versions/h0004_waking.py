"""Whoever tells wakes no more lines than a small server bears; one kiosk stops no other."""

from alembic import op

from models.hub.schema import run_sql

revision = "h0004"
down_revision = "h0003"


def upgrade() -> None:
    run_sql("h0004")


def downgrade() -> None:
    run_sql("h0003_tell_all")
    op.execute(
        "do $$ begin execute replace(pg_get_functiondef('hub.put(text, text, text, boolean)'::regprocedure),"
        " 'coalesce((select true from hub.erased e where e.person_id = judged.person_id limit 1), false)',"
        " 'person_id in (select e.person_id from hub.erased e)');"
        " execute replace(pg_get_functiondef('hub.tell(text, text[])'::regprocedure),"
        " ' and pg_notification_queue_usage() < 0.5', ''); end $$"
    )
