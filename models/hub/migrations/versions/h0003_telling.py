"""Whoever has something to tell tells for everybody who has."""

from alembic import op

from models.hub.schema import run_sql

revision = "h0003"
down_revision = "h0002"


def upgrade() -> None:
    run_sql("h0003")


def downgrade() -> None:
    op.execute(
        "do $$ begin execute replace(pg_get_functiondef('hub.hello(text)'::regprocedure),"
        " 'perform hub.tell_all();', 'perform pg_notify(feed.channel, feed.head::text);'); end $$"
    )
    op.execute("drop function hub.tell_all()")
    op.execute("drop trigger make_told on hub.feed")
    op.execute("drop function hub.make_told()")
    op.execute(
        "do $$ declare one regclass; begin for one in select told from hub.feed loop"
        " execute 'drop sequence ' || one; end loop; end $$"
    )
    op.execute("alter table hub.feed drop column told")
    op.execute("drop sequence hub.told_at")
