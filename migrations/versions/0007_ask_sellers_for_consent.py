"""a seller's word on what was posted for them, without which it is not shown."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("setuju", "tidak", name="consentanswer", native_enum=False, create_constraint=True, length=20),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_consents_answered_has_a_moment")),
        sa.CheckConstraint(
            "(claimed_by_id IS NULL) = (claimed_at IS NULL)", name=op.f("ck_consents_claimed_has_a_moment")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_consents_asked_by_id")),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_consents_business_id")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["users.id"], name=op.f("fk_consents_claimed_by_id")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_consents_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("listing_id", name=op.f("uq_consents_listing_id")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_business_id"), ["business_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consents_phone"), ["phone"], unique=False)

    with op.batch_alter_table("listings") as batch_op:
        batch_op.add_column(sa.Column("awaits_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("listings") as batch_op:
        batch_op.alter_column("awaits_consent", server_default=None)


def downgrade():
    with op.batch_alter_table("listings") as batch_op:
        batch_op.drop_column("awaits_consent")

    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_phone"))
        batch_op.drop_index(batch_op.f("ix_consents_business_id"))

    op.drop_table("consents")
