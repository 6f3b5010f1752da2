"""what a person has begun to post, and the photos on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "produk",
                "untuk-penjual",
                "wisata",
                name="draftpurpose",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("photo_order", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(sent_at IS NULL) = (listing_id IS NULL)", name=op.f("ck_drafts_sent_has_a_listing")),
        sa.CheckConstraint("length(id) = 26", name=op.f("ck_drafts_id_length")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_drafts_listing_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_listing_id"), ["listing_id"], unique=False)
        batch_op.create_index("ix_drafts_of_user", ["user_id", "sent_at", "updated_at"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(id) = 26", name=op.f("ck_uploads_id_length")),
        sa.CheckConstraint("photo_id IS NULL OR refusal IS NULL", name=op.f("ck_uploads_accepted_or_refused")),
        sa.CheckConstraint("size > 0 AND received BETWEEN 0 AND size", name=op.f("ck_uploads_received_within_size")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_uploads_draft_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_uploads_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_uploads_photo_id"), ["photo_id"], unique=False)
        batch_op.create_index("ix_uploads_updated_at", ["updated_at"], unique=False)


def downgrade():
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_index("ix_uploads_updated_at")
        batch_op.drop_index(batch_op.f("ix_uploads_photo_id"))
        batch_op.drop_index(batch_op.f("ix_uploads_draft_id"))

    op.drop_table("uploads")

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_drafts_of_user")
        batch_op.drop_index(batch_op.f("ix_drafts_listing_id"))

    op.drop_table("drafts")
