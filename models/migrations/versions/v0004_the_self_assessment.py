"""The self-assessment: what was kept, what a trainer has seen, what was broken off; and its paper."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"

_DOCUMENT = "id, kind, subject_id, first_day, last_day, at, actor, hash"


def _id(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=32), nullable=False)


def _text(name: str, *, null: bool = False) -> "sa.Column[str]":
    return sa.Column(name, AutoString(), nullable=null)


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
        "assessment",
        *(_id("id"), _id("participant_id"), _text("corner_id"), _moment("at"), _text("part")),
        *(_text("framework"), _text("bank"), _text("simple"), _text("defined")),
        *(_text("spotted", null=True), _text("copied", null=True)),
        _known("part", "core", "further"),
        _known("spotted", "passed", "failed", "skipped"),
        _known("copied", "passed", "failed", "skipped"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("assessment_of_person", "assessment", ["participant_id", "at"])
    op.create_index("assessment_of_corner", "assessment", ["corner_id", "at"])
    op.create_table(
        "observation",
        *(_id("id"), _id("assessment_id"), _text("kind"), _moment("at"), _text("actor")),
        _known("kind", "confirmed", "withdrawn"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("observation_of_assessment", "observation", ["assessment_id"])
    op.create_table(
        "unfinished",
        *(_id("participant_id"), _moment("at")),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("participant_id"),
    )
    _document("sheet", "certificate", "card", "result")


def downgrade() -> None:
    _document("sheet", "certificate", "card")
    for table in ("unfinished", "observation", "assessment"):
        op.drop_table(table)
