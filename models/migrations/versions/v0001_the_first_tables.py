"""The first tables: the log, its guards, and its projections."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

# The log may only grow: a row changes where the hub gives it a number, or where its body is erased.
GUARDS = (
    """
    create trigger change_is_not_deleted before delete on change
    begin select raise(abort, 'the log is append-only'); end
    """,
    # REPLACE would delete the row in its way without asking the trigger above.
    """
    create trigger change_is_not_replaced before insert on change
    when exists (select 1 from change where id = new.id or n = new.n)
    begin select raise(abort, 'the log is append-only'); end
    """,
    """
    create trigger change_keeps_its_facts
    before update of n, id, origin, seq, hlc, kind, entity, entity_id, subject, actor, schema_v, digest, chain
    on change begin select raise(abort, 'the log is append-only'); end
    """,
    """
    create trigger change_body_is_only_erased before update of body, salt, redacted on change
    when not (new.redacted = 1 and new.body = '' and new.salt = '')
    begin select raise(abort, 'the log is append-only'); end
    """,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attendance_event",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kiosk_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("half_day_id", sa.String(length=32), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("stored_at", UTCDateTime(), nullable=False),
        sa.Column("way", AutoString(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("annuls", sa.String(length=32), nullable=True),
        sa.Column("clock_sure", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint(
            "kind in ('arrived', 'left', 'excused', 'absent', 'annulled', 'settled')", name="kind_known"
        ),
        sa.CheckConstraint(
            "way in ('card', 'code', 'name', 'facilitator', 'paper', 'command')", name="way_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "attendance_by_person", "attendance_event", ["half_day_id", "participant_id"], unique=False
    )
    op.create_table(
        "booking",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), server_default=sa.text("('')"), nullable=False),
        sa.Column("half_day_id", sa.String(length=32), server_default=sa.text("('')"), nullable=False),
        sa.Column(
            "source",
            AutoString(),
            server_default=sa.text("'counsellor'"),
            nullable=False,
        ),
        sa.Column("booked_by", AutoString(), nullable=True),
        sa.Column("status", AutoString(), server_default=sa.text("'booked'"), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "source in ('counsellor', 'call_centre', 'corner', 'walk_in')", name="source_known"
        ),
        sa.CheckConstraint("status in ('booked', 'cancelled', 'waiting')", name="status_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("booking_by_half_day", "booking", ["half_day_id", "status"], unique=False)
    op.create_index("booking_by_person", "booking", ["participant_id", "half_day_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=True),
        sa.Column("hub_seq", sa.BigInteger(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("entity", AutoString(), nullable=False),
        sa.Column("entity_id", AutoString(), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("schema_v", sa.Integer(), nullable=False),
        sa.Column("redacted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("salt", AutoString(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("chain", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("change_by_origin", "change", ["origin", "seq"], unique=False)
    op.create_index(
        "change_by_import",
        "change",
        ["entity_id", "n"],
        unique=False,
        sqlite_where=sa.text("actor = 'import'"),
    )
    op.create_table(
        "code",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), server_default=sa.text("('')"), nullable=False),
        sa.Column("form", AutoString(), server_default=sa.text("'card'"), nullable=False),
        sa.Column("digest", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("key_id", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("form in ('card', 'short')", name="form_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("code_by_person", "code", ["participant_id", "form"], unique=False)
    op.create_index(op.f("ix_code_digest"), "code", ["digest"], unique=False)
    op.create_table(
        "code_pause",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kiosk_id", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("code_pause_by_time", "code_pause", ["kiosk_id", "until"], unique=False)
    op.create_table(
        "code_refusal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kiosk_id", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("form", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.CheckConstraint("why in ('mistyped', 'unknown')", name="why_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("code_refusal_by_time", "code_refusal", ["kiosk_id", "at"], unique=False)
    op.create_table(
        "corner",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("name", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "half_day",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), server_default=sa.text("('')"), nullable=False),
        sa.Column("corner_id", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("programme", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("room", AutoString(), nullable=True),
        sa.Column("capacity", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("status", AutoString(), server_default=sa.text("'planned'"), nullable=False),
        sa.Column("uid", AutoString(), nullable=True),
        sa.CheckConstraint("status in ('planned', 'cancelled')", name="status_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("half_day_by_corner", "half_day", ["corner_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_half_day_uid"), "half_day", ["uid"], unique=False)
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("kiosk_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("reference", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("first_name", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("last_name", AutoString(), nullable=True),
        sa.Column("language", AutoString(), server_default=sa.text("'fr'"), nullable=False),
        sa.Column(
            "audience",
            AutoString(),
            server_default=sa.text("'jobseeker'"),
            nullable=False,
        ),
        sa.CheckConstraint("audience in ('jobseeker', 'retraining', 'student')", name="audience_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_participant_reference"), "participant", ["reference"], unique=False)
    op.create_table(
        "pin_attempt",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kiosk_id", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("staff_id", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("pin_attempt_by_time", "pin_attempt", ["kiosk_id", "at"], unique=False)
    op.create_table(
        "register",
        sa.Column("entity_id", AutoString(), nullable=False),
        sa.Column("change_id", sa.String(length=32), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "change_id"),
    )
    op.create_table(
        "replaced",
        sa.Column("change_id", sa.String(length=32), nullable=False),
        sa.Column("field", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("change_id", "field"),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column(
            "role",
            AutoString(),
            server_default=sa.text("'facilitator'"),
            nullable=False,
        ),
        sa.Column("pin", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.CheckConstraint(
            "role in ('facilitator', 'staff', 'coordinator', 'technician')", name="role_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("corner_id", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("programme", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name", AutoString(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )

    if op.get_bind().dialect.name == "sqlite":
        for guard in GUARDS:
            op.execute(guard)


def downgrade() -> None:
    op.drop_table("workshop")
    op.drop_table("staff_member")
    op.drop_table("replaced")
    op.drop_table("register")
    op.drop_index("pin_attempt_by_time", table_name="pin_attempt")
    op.drop_table("pin_attempt")
    op.drop_index(op.f("ix_participant_reference"), table_name="participant")
    op.drop_table("participant")
    op.drop_table("identity")
    op.drop_index(op.f("ix_half_day_uid"), table_name="half_day")
    op.drop_index("half_day_by_corner", table_name="half_day")
    op.drop_table("half_day")
    op.drop_table("corner")
    op.drop_index("code_refusal_by_time", table_name="code_refusal")
    op.drop_table("code_refusal")
    op.drop_index("code_pause_by_time", table_name="code_pause")
    op.drop_table("code_pause")
    op.drop_index(op.f("ix_code_digest"), table_name="code")
    op.drop_index("code_by_person", table_name="code")
    op.drop_table("code")
    op.drop_index("change_by_import", table_name="change")
    op.drop_index("change_by_origin", table_name="change")
    op.drop_table("change")
    op.drop_index("booking_by_person", table_name="booking")
    op.drop_index("booking_by_half_day", table_name="booking")
    op.drop_table("booking")
    op.drop_index("attendance_by_person", table_name="attendance_event")
    op.drop_table("attendance_event")
