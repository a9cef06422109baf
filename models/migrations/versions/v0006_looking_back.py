"""Looking back: refused codes that were looked at, and calls after an absence."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"


def _id(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=32), nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, AutoString(), nullable=False)


def _moment(name: str) -> "sa.Column[datetime]":
    return sa.Column(name, UTCDateTime(), nullable=False)


def upgrade() -> None:
    op.create_index("code_refusal_by_moment", "code_refusal", ["at"])
    op.create_table(
        "codes_seen",
        *(_id("id"), _id("kiosk_id"), _moment("since"), _moment("until"), _moment("at"), _text("actor")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("codes_seen_of_kiosk", "codes_seen", ["kiosk_id", "until"])
    op.create_table(
        "absence_call",
        *(_id("id"), _id("participant_id"), _id("half_day_id"), _text("kind"), _moment("at"), _text("actor")),
        sa.CheckConstraint("kind in ('called', 'withdrawn')", name="kind_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("absence_call_of_half_day", "absence_call", ["half_day_id"])


def downgrade() -> None:
    for table in ("absence_call", "codes_seen"):
        op.drop_table(table)
    op.drop_index("code_refusal_by_moment", "code_refusal")
