"""Calls for help, walk-ins that somebody confirmed, and the first names of who leads a half-day."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "help_call",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kiosk_id", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("screen", AutoString(), server_default=sa.text("''"), nullable=False),
        sa.Column("people", AutoString(), server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("help_call_by_time", "help_call", ["at"])
    op.create_table(
        "help_settled",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("call_id", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("help_settled_by_call", "help_settled", ["call_id"])
    op.add_column("booking", sa.Column("confirmed_at", UTCDateTime(), nullable=True))
    op.add_column("half_day", sa.Column("facilitators", AutoString(), nullable=True))


def downgrade() -> None:
    op.drop_column("half_day", "facilitators")
    op.drop_column("booking", "confirmed_at")
    op.drop_index("help_settled_by_call", table_name="help_settled")
    op.drop_table("help_settled")
    op.drop_index("help_call_by_time", table_name="help_call")
    op.drop_table("help_call")
