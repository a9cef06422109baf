"""The words of an attendance are compared one by one: of a list SQLite makes a table for each row."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0009"
down_revision = "0008"

_COLUMNS = (
    "id, kiosk_id, participant_id, half_day_id, kind, at, stored_at, way, actor, reason, annuls, clock_sure,"
    " person_id, act, undoes"
)
_KINDS = ("arrived", "left", "excused", "absent", "annulled", "settled")
_WAYS = ("card", "code", "name", "facilitator", "paper", "command")
_INDEXES = {
    "attendance_by_person": ["half_day_id", "person_id"],
    "attendance_of_person": ["person_id"],
    "attendance_by_kiosk": ["kiosk_id", "stored_at"],
}


def _listed(column: str, words: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} in ({listed})"


def _one_by_one(column: str, words: tuple[str, ...]) -> str:
    return " or ".join(f"{column} = '{word}'" for word in words)


def _made_anew(kinds: str, ways: str) -> None:
    """The table with these checks around its rows: SQLite changes no check."""
    for index in _INDEXES:
        op.drop_index(index, "attendance_event")
    op.rename_table("attendance_event", "attendance_before")
    op.create_table(
        "attendance_event",
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in ("id", "kiosk_id")),
        *(
            sa.Column(name, sa.String(length=32), nullable=False)
            for name in ("participant_id", "half_day_id")
        ),
        sa.Column("kind", AutoString(), nullable=False),
        *(sa.Column(name, UTCDateTime(), nullable=False) for name in ("at", "stored_at")),
        *(sa.Column(name, AutoString(), nullable=False) for name in ("way", "actor")),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("annuls", sa.String(length=32), nullable=True),
        sa.Column("clock_sure", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("person_id", sa.String(length=32), server_default=sa.text("''"), nullable=False),
        *(sa.Column(name, sa.String(length=32), nullable=True) for name in ("act", "undoes")),
        sa.CheckConstraint(kinds, name="kind_known"),
        sa.CheckConstraint(ways, name="way_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(f"insert into attendance_event ({_COLUMNS}) select {_COLUMNS} from attendance_before")
    op.drop_table("attendance_before")
    for index, columns in _INDEXES.items():
        op.create_index(index, "attendance_event", columns)


def upgrade() -> None:
    _made_anew(_one_by_one("kind", _KINDS), _one_by_one("way", _WAYS))


def downgrade() -> None:
    _made_anew(_listed("kind", _KINDS), _listed("way", _WAYS))
