"""how often a listing is looked at and asked about, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "listing_day_counts",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("whatsapp_taps", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_listing_day_counts_listing_id")),
        sa.PrimaryKeyConstraint("listing_id", "day", name=op.f("pk_listing_day_counts")),
    )
    with op.batch_alter_table("listing_day_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listing_day_counts_day"), ["day"], unique=False)


def downgrade():
    with op.batch_alter_table("listing_day_counts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listing_day_counts_day"))

    op.drop_table("listing_day_counts")
