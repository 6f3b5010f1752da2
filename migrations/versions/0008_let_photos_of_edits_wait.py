"""the photos of an edit that waits, while the public sees the approved ones."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "proposed_photos",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt_text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["proposed_changes.id"], name=op.f("fk_proposed_photos_change_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_proposed_photos_photo_id")),
        sa.PrimaryKeyConstraint("change_id", "photo_id", name=op.f("pk_proposed_photos")),
        sa.UniqueConstraint("change_id", "position", name=op.f("uq_proposed_photos_change_id_position")),
    )
    with op.batch_alter_table("proposed_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposed_photos_photo_id"), ["photo_id"], unique=False)


def downgrade():
    with op.batch_alter_table("proposed_photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposed_photos_photo_id"))

    op.drop_table("proposed_photos")
