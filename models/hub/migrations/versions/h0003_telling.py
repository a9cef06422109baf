"""Whoever has something to tell tells for everybody who has."""

from alembic import op

from models.hub.schema import run_sql

revision = "h0003"
down_revision = "h0002"


def upgrade() -> None:
    run_sql("h0003_tell_all")
    run_sql("h0003")


def downgrade() -> None:
    op.execute(
        "do $$ begin execute replace(pg_get_functiondef('hub.hello(text)'::regprocedure),"
        " 'perform hub.tell_all(who.corner);', 'perform pg_notify(feed.channel, feed.head::text);'); end $$"
    )
    op.execute("drop function hub.tell_all(text)")
    op.execute("drop sequence hub.told_at")
    op.execute("drop trigger grow on hub.feed")
    op.execute("drop function hub.grow()")
    op.execute("alter table hub.feed drop column grown_at")
