"""the seller's desk: what is mended, archived, or waits; holidays of a shop; ways back into an account."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "account_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "lupa-sandi",
                "lupa-dibantu",
                "lupa-ditolak",
                "lupa-selesai",
                "diangkat",
                name="accounteventkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_account_events_actor_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_events_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_events")),
    )
    with op.batch_alter_table("account_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_events_user_id"), ["user_id"], unique=False)

    op.create_table(
        "recoveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (expires_at IS NULL)", name=op.f("ck_recoveries_confirmed_has_an_end")
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (link_hash IS NULL)", name=op.f("ck_recoveries_confirmed_has_a_link")
        ),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f("fk_recoveries_confirmed_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recoveries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recoveries")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_recoveries_link_hash")),
    )
    with op.batch_alter_table("recoveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recoveries_confirmed_by_id"), ["confirmed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recoveries_user_id"), ["user_id"], unique=False)

    op.create_table(
        "proposed_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "menunggu",
                "perlu-perbaikan",
                "diterapkan",
                "ditarik",
                "ditolak",
                name="changestatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fix_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_proposed_changes_decided_by_id")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_proposed_changes_listing_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["users.id"], name=op.f("fk_proposed_changes_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_changes")),
    )
    with op.batch_alter_table("proposed_changes", schema=None) as batch_op:
        batch_op.create_index("ix_proposed_changes_of_listing", ["listing_id", "proposed_at"], unique=False)
        batch_op.create_index("ix_proposed_changes_status", ["status", "proposed_at", "id"], unique=False)
        batch_op.create_index(
            "uq_proposed_changes_open",
            ["listing_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('menunggu', 'perlu-perbaikan')"),
            postgresql_where=sa.text("status IN ('menunggu', 'perlu-perbaikan')"),
        )

    with op.batch_alter_table("businesses") as batch_op:
        batch_op.add_column(sa.Column("closed_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closed_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closure_note", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_check_constraint(
            op.f("ck_businesses_closure_has_both_days"), "(closed_from IS NULL) = (closed_until IS NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_businesses_closure_ends_after_it_begins"), "closed_until >= closed_from"
        )
    with op.batch_alter_table("businesses") as batch_op:
        batch_op.alter_column("version", server_default=None)

    with op.batch_alter_table("listings") as batch_op:
        batch_op.add_column(sa.Column("posted_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("fix_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("fix_asked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fix_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "archived_from",
                sa.Enum(
                    "draf",
                    "menunggu",
                    "perlu-perbaikan",
                    "tayang",
                    "arsip",
                    name="archived_from",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "archive_reason",
                sa.Enum(
                    "penjual",
                    "tak-dijawab",
                    "tak-disetujui",
                    "akun-dihapus",
                    name="archivereason",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                nullable=True,
            )
        )
        batch_op.create_check_constraint(
            op.f("ck_listings_archived_says_why"), "(archived_from IS NULL) = (archive_reason IS NULL)"
        )
        batch_op.create_index(batch_op.f("ix_listings_posted_by_id"), ["posted_by_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_listings_posted_by_id"), "users", ["posted_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_listings_fix_asked_by_id"), "users", ["fix_asked_by_id"], ["id"])

    with op.batch_alter_table("products") as batch_op:
        batch_op.drop_constraint(op.f("ck_products_made_to_order_has_days"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_products_made_to_order_has_days"),
            "availability = 'habis' OR (availability = 'pesan-dulu') = (days_to_make IS NOT NULL)",
        )


def downgrade():
    op.execute("UPDATE products SET days_to_make = NULL WHERE availability = 'habis'")
    with op.batch_alter_table("products") as batch_op:
        batch_op.drop_constraint(op.f("ck_products_made_to_order_has_days"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_products_made_to_order_has_days"), "(availability = 'pesan-dulu') = (days_to_make IS NOT NULL)"
        )

    with op.batch_alter_table("listings") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_listings_fix_asked_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_listings_posted_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_listings_posted_by_id"))
        for name in ("archived_says_why", "archived_from", "archivereason"):
            batch_op.drop_constraint(op.f(f"ck_listings_{name}"), type_="check")
        batch_op.drop_column("archive_reason")
        batch_op.drop_column("archived_from")
        batch_op.drop_column("fix_asked_at")
        batch_op.drop_column("fix_asked_by_id")
        batch_op.drop_column("fix_reason")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("submitted_at")
        batch_op.drop_column("posted_by_id")

    with op.batch_alter_table("businesses") as batch_op:
        for name in ("closure_has_both_days", "closure_ends_after_it_begins"):
            batch_op.drop_constraint(op.f(f"ck_businesses_{name}"), type_="check")
        batch_op.drop_column("version")
        batch_op.drop_column("closure_note")
        batch_op.drop_column("closed_until")
        batch_op.drop_column("closed_from")

    with op.batch_alter_table("proposed_changes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_proposed_changes_open",
            sqlite_where=sa.text("status IN ('menunggu', 'perlu-perbaikan')"),
            postgresql_where=sa.text("status IN ('menunggu', 'perlu-perbaikan')"),
        )
        batch_op.drop_index("ix_proposed_changes_status")
        batch_op.drop_index("ix_proposed_changes_of_listing")

    op.drop_table("proposed_changes")

    with op.batch_alter_table("recoveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recoveries_user_id"))
        batch_op.drop_index(batch_op.f("ix_recoveries_confirmed_by_id"))

    op.drop_table("recoveries")

    with op.batch_alter_table("account_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_events_user_id"))

    op.drop_table("account_events")
