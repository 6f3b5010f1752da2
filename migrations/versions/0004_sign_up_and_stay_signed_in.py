"""people sign up and stay signed in: devices, passkeys, more of what is noted; who leaves is erased."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NOTED_BEFORE = ("lupa-sandi", "lupa-dibantu", "lupa-ditolak", "lupa-selesai", "diangkat")
NOTED_TOO = (
    "mendaftar",
    "masuk",
    "ganti-sandi",
    "perangkat-diakhiri",
    "kuki-dicuri",
    "kunci-ditambah",
    "kunci-dihapus",
    "unduh-data",
    "hapus-akun",
)


def upgrade():
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_secret_hash", sa.String(length=64), nullable=True),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_devices_user_id"), ["user_id"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_passkeys_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_user_id"), ["user_id"], unique=False)

    _note_only(NOTED_BEFORE + NOTED_TOO)
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("phone", existing_type=sa.VARCHAR(length=16), nullable=True)
        batch_op.create_check_constraint(
            op.f("ck_users_erased_has_no_phone"), "(phone IS NULL) = (erased_at IS NOT NULL)"
        )


def downgrade():
    op.execute("UPDATE users SET phone = 'erased-' || id WHERE phone IS NULL")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_users_erased_has_no_phone"), type_="check")
        batch_op.alter_column("phone", existing_type=sa.VARCHAR(length=16), nullable=False)
        batch_op.drop_column("erased_at")

    events = sa.table("account_events", sa.column("kind", sa.String))
    op.execute(events.delete().where(events.c.kind.in_(NOTED_TOO)))
    _note_only(NOTED_BEFORE)

    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkeys_user_id"))

    op.drop_table("passkeys")
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_devices_user_id"))

    op.drop_table("devices")


def _note_only(kinds):
    with op.batch_alter_table("account_events", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_account_events_accounteventkind"), type_="check")
        values = ", ".join(f"'{kind}'" for kind in kinds)
        batch_op.create_check_constraint(op.f("ck_account_events_accounteventkind"), f"kind IN ({values})")
