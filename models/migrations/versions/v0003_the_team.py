"""The team's side: settled half-days, equipment, orientation, papers, merged people, acts and undoing."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"


def _id(name: str, *, default: bool = False) -> "sa.Column[str]":
    empty = sa.text("''") if default else None
    return sa.Column(name, sa.String(length=32), server_default=empty, nullable=False)


def _text(name: str, *, default: str | None = None) -> "sa.Column[str]":
    given = sa.text(f"'{default}'") if default is not None else None
    return sa.Column(name, AutoString(), server_default=given, nullable=False)


def _moment(name: str, *, null: bool = False) -> "sa.Column[datetime]":
    return sa.Column(name, UTCDateTime(), nullable=null)


def _known(column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} in ({listed})", name=f"{column}_known")


def upgrade() -> None:
    op.add_column("staff_member", _moment("closed_at", null=True))
    op.add_column("participant", _id("merged_into", default=True))
    op.create_index("ix_participant_merged_into", "participant", ["merged_into"])
    op.add_column("attendance_event", _id("person_id", default=True))
    op.add_column("attendance_event", sa.Column("act", sa.String(length=32), nullable=True))
    op.add_column("attendance_event", sa.Column("undoes", sa.String(length=32), nullable=True))
    op.drop_index("attendance_by_person", "attendance_event")
    op.create_index("attendance_by_person", "attendance_event", ["half_day_id", "person_id"])
    op.create_index("attendance_of_person", "attendance_event", ["person_id"])
    op.create_index("attendance_by_kiosk", "attendance_event", ["kiosk_id", "stored_at"])
    op.create_table(
        "settlement",
        *(_id("id"), _id("half_day_id"), _moment("at"), _text("actor")),
        sa.Column("figures", sa.Text(), nullable=False),
        _text("hash"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("settlement_by_half_day", "settlement", ["half_day_id"])
    op.create_table(
        "exception_settled",
        *(_id("id"), _id("half_day_id"), _id("person_id", default=True), _text("what")),
        *(_text("seen", default=""), _text("reason"), _moment("at"), _text("actor")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("exception_settled_by_half_day", "exception_settled", ["half_day_id"])
    op.create_table(
        "equipment",
        *(
            _id("id"),
            _text("corner_id", default=""),
            _text("kind", default="tablet"),
            _text("name", default=""),
        ),
        _moment("retired_at", null=True),
        _known("kind", "tablet", "smartphone", "television", "camera"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "loan",
        *(_id("id"), _id("equipment_id"), _text("kind"), _id("participant_id", default=True)),
        *(_id("half_day_id", default=True), _moment("at"), _text("actor")),
        _known("kind", "lent", "returned"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("loan_by_equipment", "loan", ["equipment_id", "at"])
    op.create_table(
        "orientation",
        *(_id("id"), _id("participant_id"), _text("programme"), _text("note", default="")),
        *(_moment("at"), _text("actor")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("orientation_of_person", "orientation", ["participant_id"])
    op.create_table(
        "document",
        *(_id("id"), _text("kind"), _id("subject_id")),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        *(_moment("at"), _text("actor"), _text("hash")),
        _known("kind", "sheet", "certificate", "card"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("document_of_subject", "document", ["subject_id", "kind"])


def downgrade() -> None:
    for table in ("document", "orientation", "loan", "equipment", "exception_settled", "settlement"):
        op.drop_table(table)
    op.drop_index("attendance_by_kiosk", "attendance_event")
    op.drop_index("attendance_of_person", "attendance_event")
    op.drop_index("attendance_by_person", "attendance_event")
    op.create_index("attendance_by_person", "attendance_event", ["half_day_id", "participant_id"])
    for column in ("undoes", "act", "person_id"):
        op.drop_column("attendance_event", column)
    op.drop_index("ix_participant_merged_into", "participant")
    op.drop_column("participant", "merged_into")
    op.drop_column("staff_member", "closed_at")
