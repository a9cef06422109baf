"""The path: ticked steps, the page on the Forem site, and its paper."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"

_DOCUMENT = "id, kind, subject_id, first_day, last_day, at, actor, hash"


def _id(name: str, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=32), nullable=False, server_default=default)


def _text(name: str, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, AutoString(), nullable=False, server_default=default)


def _moment(name: str) -> "sa.Column[datetime]":
    return sa.Column(name, UTCDateTime(), nullable=False)


def _known(column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} in ({listed})", name=f"{column}_known")


def _document(*kinds: str) -> None:
    """Papers with these kinds: SQLite changes no check, so the table is made anew around its rows."""
    op.drop_index("document_of_subject", "document")
    op.rename_table("document", "document_before")
    op.create_table(
        "document",
        *(_id("id"), _text("kind"), _id("subject_id")),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        *(_moment("at"), _text("actor"), _text("hash")),
        _known("kind", *kinds),
        sa.PrimaryKeyConstraint("id"),
    )
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.execute(
        f"insert into document ({_DOCUMENT}) select {_DOCUMENT} from document_before where kind in ({listed})"
    )
    op.drop_table("document_before")
    op.create_index("document_of_subject", "document", ["subject_id", "kind"])


def upgrade() -> None:
    op.create_table(
        "tick",
        *(_id("id"), _id("participant_id", ""), _text("step", ""), _text("state", "done")),
        _known("state", "done", "open"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tick_of_person", "tick", ["participant_id"])
    op.create_table(
        "page_made",
        *(_id("id"), _id("participant_id"), _text("kind"), _moment("at"), _text("actor")),
        _known("kind", "made", "withdrawn"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("page_made_of_person", "page_made", ["participant_id"])
    _document("sheet", "certificate", "card", "result", "path")


def downgrade() -> None:
    _document("sheet", "certificate", "card", "result")
    for table in ("page_made", "tick"):
        op.drop_table(table)
