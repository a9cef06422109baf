"""Several kiosks: where this one stands with the hub, and what is still to be sent."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "sync_state",
        sa.Column("id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("timeline", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("known_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("known_id", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("clock", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("heard_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("skew_ms", sa.Integer(), nullable=True),
        sa.Column("revoked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("may_erase", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("trouble", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("renew", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("insert into sync_state (id) values (1)")
    op.create_table(
        "sync_refused",
        sa.Column("change_id", sa.String(length=32), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("change_id"),
    )
    op.create_table(
        "refusal_seen",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("change_id", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("refusal_seen_of_row", "refusal_seen", ["change_id"])
    # The outbox: what the hub has given no number yet.
    op.create_index("change_to_send", "change", ["n"], sqlite_where=sa.text("hub_seq is null"))
    op.create_index("change_of_keys", "change", ["n"], sqlite_where=sa.text("kind = 'key.shared'"))


def downgrade() -> None:
    op.drop_index("change_of_keys", table_name="change")
    op.drop_index("change_to_send", table_name="change")
    for table in ("refusal_seen", "sync_refused", "sync_state"):
        op.drop_table(table)
