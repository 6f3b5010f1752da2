"""first rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("produk", "wisata", name="listingkind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("icon", sa.String(length=40), nullable=False),
        sa.Column(
            "tone",
            sa.Enum(
                "wedel",
                "soga",
                "kunyit",
                "bang",
                "ijo",
                name="tone",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_categories_not_inside_itself")),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
    )
    with op.batch_alter_table("categories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_categories_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=False),
        sa.Column("perceptual_hash", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(color) = 7", name=op.f("ck_photos_color_length")),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_photos_digest_length")),
        sa.CheckConstraint("length(perceptual_hash) = 16", name=op.f("ck_photos_perceptual_hash_length")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_photos_size_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("digest", name=op.f("uq_photos_digest")),
    )
    op.create_table(
        "place_counts",
        sa.Column("place_code", sa.String(length=13), nullable=False),
        sa.Column("products", sa.Integer(), nullable=False),
        sa.Column("attractions", sa.Integer(), nullable=False),
        sa.Column("villages", sa.Integer(), nullable=False),
        sa.Column("villages_with_kim", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place_code", name=op.f("pk_place_counts")),
    )
    op.create_table(
        "provinces",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("decreed_name", sa.String(length=80), nullable=False),
        sa.Column("corrected_name", sa.String(length=80), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_provinces")),
    )
    op.create_table(
        "category_counts",
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("listings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_category_counts_category_id")),
        sa.PrimaryKeyConstraint("category_id", name=op.f("pk_category_counts")),
    )
    op.create_table(
        "regencies",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("kabupaten", "kota", name="regencykind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("neighbour_codes", sa.String(length=40), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("decreed_name", sa.String(length=80), nullable=False),
        sa.Column("corrected_name", sa.String(length=80), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["province_code"], ["provinces.code"], name=op.f("fk_regencies_province_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regencies")),
    )
    with op.batch_alter_table("regencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regencies_province_code"), ["province_code"], unique=False)

    op.create_table(
        "districts",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("regency_code", sa.String(length=5), nullable=False),
        sa.Column(
            "dye",
            sa.Enum(
                "wedel",
                "soga",
                "bang",
                "ijo",
                "mori",
                "kunyit",
                name="dye",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("decreed_name", sa.String(length=80), nullable=False),
        sa.Column("corrected_name", sa.String(length=80), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["regency_code"], ["regencies.code"], name=op.f("fk_districts_regency_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_districts")),
    )
    with op.batch_alter_table("districts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_districts_regency_code"), ["regency_code"], unique=False)

    op.create_table(
        "villages",
        sa.Column("code", sa.String(length=13), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("desa", "kelurahan", name="villagekind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("district_code", sa.String(length=8), nullable=False),
        sa.Column("regency_code", sa.String(length=5), nullable=False),
        sa.Column(
            "dye",
            sa.Enum(
                "wedel",
                "soga",
                "bang",
                "ijo",
                "mori",
                "kunyit",
                name="dye",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("decreed_name", sa.String(length=80), nullable=False),
        sa.Column("corrected_name", sa.String(length=80), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("substr(code, 1, 5) = regency_code", name=op.f("ck_villages_code_begins_with_regency")),
        sa.CheckConstraint("substr(code, 1, 8) = district_code", name=op.f("ck_villages_code_begins_with_district")),
        sa.ForeignKeyConstraint(["district_code"], ["districts.code"], name=op.f("fk_villages_district_code")),
        sa.ForeignKeyConstraint(["regency_code"], ["regencies.code"], name=op.f("fk_villages_regency_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_villages")),
    )
    with op.batch_alter_table("villages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_villages_district_code"), ["district_code"], unique=False)
        batch_op.create_index("ix_villages_regency_code_code", ["regency_code", "code"], unique=False)

    op.create_table(
        "kim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "mengajukan", "aktif", "arsip", name="kimstatus", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("district_code", sa.String(length=8), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=True),
        sa.Column("registration_number", sa.String(length=60), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("site_address", sa.String(length=80), nullable=True),
        sa.Column("decree_number", sa.String(length=80), nullable=True),
        sa.Column("decree_on", sa.Date(), nullable=True),
        sa.Column("decree_signatory", sa.String(length=80), nullable=True),
        sa.Column("decree_begins_on", sa.Date(), nullable=True),
        sa.Column("decree_ends_on", sa.Date(), nullable=True),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("whatsapp", sa.String(length=16), nullable=True),
        sa.Column("opening_hours", sa.String(length=400), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "site_address NOT LIKE '%/%' AND site_address NOT LIKE '%:%' AND site_address NOT LIKE '% %'",
            name=op.f("ck_kim_site_address_is_a_host"),
        ),
        sa.CheckConstraint("status <> 'aktif' OR registered_on IS NOT NULL", name=op.f("ck_kim_active_is_registered")),
        sa.CheckConstraint(
            "decree_ends_on IS NULL OR decree_ends_on >= decree_begins_on", name=op.f("ck_kim_decree_period")
        ),
        sa.CheckConstraint(
            "village_code IS NULL OR substr(village_code, 1, 8) = district_code",
            name=op.f("ck_kim_village_in_district"),
        ),
        sa.ForeignKeyConstraint(["district_code"], ["districts.code"], name=op.f("fk_kim_district_code")),
        sa.ForeignKeyConstraint(["village_code"], ["villages.code"], name=op.f("fk_kim_village_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim")),
        sa.UniqueConstraint("registration_number", name=op.f("uq_kim_registration_number")),
        sa.UniqueConstraint("site_address", name=op.f("uq_kim_site_address")),
        sa.UniqueConstraint("slug", name=op.f("uq_kim_slug")),
    )
    with op.batch_alter_table("kim", schema=None) as batch_op:
        batch_op.create_index("ix_kim_of_district", ["district_code", "status", "registered_on", "id"], unique=False)
        batch_op.create_index("ix_kim_status_registered_on", ["status", "registered_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kim_village_code"), ["village_code"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=True),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["village_code"], ["villages.code"], name=op.f("fk_users_village_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("phone", name=op.f("uq_users_phone")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_village_code"), ["village_code"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum("petugas", "admin", name="office", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("regency_code", sa.String(length=5), nullable=True),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(office = 'petugas') = (regency_code IS NOT NULL)", name=op.f("ck_appointments_officer_has_a_regency")
        ),
        sa.ForeignKeyConstraint(["regency_code"], ["regencies.code"], name=op.f("fk_appointments_regency_code")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_appointments_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint(
            "user_id", "office", "regency_code", name=op.f("uq_appointments_user_id_office_regency_code")
        ),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointments_regency_code"), ["regency_code"], unique=False)

    op.create_table(
        "businesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("owner_name", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum("aktif", "arsip", name="businessstatus", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("whatsapp", sa.String(length=16), nullable=True),
        sa.Column("village_code", sa.String(length=13), nullable=False),
        sa.Column("hamlet", sa.String(length=80), nullable=True),
        sa.Column("kim_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("opening_hours", sa.String(length=400), nullable=True),
        sa.Column("nib", sa.String(length=20), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 3 AND 80", name=op.f("ck_businesses_name_length")),
        sa.ForeignKeyConstraint(["kim_id"], ["kim.id"], name=op.f("fk_businesses_kim_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_businesses_owner_id")),
        sa.ForeignKeyConstraint(["village_code"], ["villages.code"], name=op.f("fk_businesses_village_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_businesses")),
        sa.UniqueConstraint("village_code", "name", name=op.f("uq_businesses_village_code_name")),
    )
    with op.batch_alter_table("businesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_businesses_kim_id"), ["kim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_businesses_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_businesses_whatsapp"), ["whatsapp"], unique=False)

    op.create_table(
        "kim_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "ketua",
                "wakil",
                "sekretaris",
                "bendahara",
                "koordinator",
                "seksi",
                "anggota",
                name="memberrole",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kim_id"], ["kim.id"], name=op.f("fk_kim_members_kim_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_kim_members_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim_members")),
    )
    with op.batch_alter_table("kim_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kim_members_kim_id"), ["kim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kim_members_user_id"), ["user_id"], unique=False)

    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("produk", "wisata", name="listingkind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draf",
                "menunggu",
                "perlu-perbaikan",
                "tayang",
                "arsip",
                name="listingstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=False),
        sa.Column("district_code", sa.String(length=8), nullable=False),
        sa.Column("regency_code", sa.String(length=5), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'tayang' OR published_at IS NOT NULL", name=op.f("ck_listings_published_has_a_moment")
        ),
        sa.CheckConstraint("length(name) BETWEEN 3 AND 80", name=op.f("ck_listings_name_length")),
        sa.CheckConstraint("substr(village_code, 1, 5) = regency_code", name=op.f("ck_listings_village_in_regency")),
        sa.CheckConstraint("substr(village_code, 1, 8) = district_code", name=op.f("ck_listings_village_in_district")),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_listings_business_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_listings_category_id")),
        sa.ForeignKeyConstraint(["village_code"], ["villages.code"], name=op.f("fk_listings_village_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
    )
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.create_index("ix_listings_newest", ["status", "kind", "published_at", "id"], unique=False)
        batch_op.create_index("ix_listings_of_business", ["business_id", "status", "published_at", "id"], unique=False)
        batch_op.create_index("ix_listings_of_category", ["category_id", "status", "published_at", "id"], unique=False)
        batch_op.create_index(
            "ix_listings_of_district", ["district_code", "status", "kind", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_listings_of_regency", ["regency_code", "status", "kind", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_listings_of_village", ["village_code", "status", "kind", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_listings_similar", ["category_id", "regency_code", "status", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_listings_similar_near", ["category_id", "district_code", "status", "published_at", "id"], unique=False
        )

    op.create_table(
        "attractions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("opening_hours", sa.String(length=400), nullable=True),
        sa.Column("adult_ticket", sa.BigInteger(), nullable=True),
        sa.Column("child_ticket", sa.BigInteger(), nullable=True),
        sa.Column("group_ticket", sa.BigInteger(), nullable=True),
        sa.Column("ticket_note", sa.String(length=200), nullable=True),
        sa.Column("motorcycle_parking", sa.BigInteger(), nullable=True),
        sa.Column("car_parking", sa.BigInteger(), nullable=True),
        sa.Column("bus_parking", sa.BigInteger(), nullable=True),
        sa.Column("facilities", sa.String(length=200), nullable=False),
        sa.Column("last_kilometre", sa.String(length=300), nullable=True),
        sa.Column("walking_minutes", sa.Integer(), nullable=True),
        sa.Column("directions", sa.Text(), nullable=False),
        sa.Column("best_season", sa.String(length=40), nullable=True),
        sa.Column("prohibitions", sa.String(length=300), nullable=True),
        sa.Column("warning", sa.String(length=300), nullable=True),
        sa.Column("warning_ends_on", sa.Date(), nullable=True),
        sa.Column("manager_name", sa.String(length=80), nullable=True),
        sa.Column(
            "manager_kind",
            sa.Enum(
                "pokdarwis",
                "bumdes",
                "kim",
                "pemerintah",
                "swasta",
                name="managerkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("whatsapp", sa.String(length=16), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=80), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("is_exact_point", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(warning IS NULL) = (warning_ends_on IS NULL)", name=op.f("ck_attractions_warning_has_an_end")
        ),
        sa.CheckConstraint(
            "adult_ticket >= 0 AND child_ticket >= 0 AND group_ticket >= 0", name=op.f("ck_attractions_tickets")
        ),
        sa.CheckConstraint(
            "latitude BETWEEN -11 AND 6 AND longitude BETWEEN 95 AND 141", name=op.f("ck_attractions_in_indonesia")
        ),
        sa.CheckConstraint(
            "motorcycle_parking >= 0 AND car_parking >= 0 AND bus_parking >= 0",
            name=op.f("ck_attractions_parking_fees"),
        ),
        sa.ForeignKeyConstraint(["id"], ["listings.id"], name=op.f("fk_attractions_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attractions")),
    )
    op.create_table(
        "listing_photos",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt_text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_listing_photos_listing_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_listing_photos_photo_id")),
        sa.PrimaryKeyConstraint("listing_id", "photo_id", name=op.f("pk_listing_photos")),
        sa.UniqueConstraint("listing_id", "position", name=op.f("uq_listing_photos_listing_id_position")),
    )
    with op.batch_alter_table("listing_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listing_photos_photo_id"), ["photo_id"], unique=False)

    op.create_table(
        "products",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("regular_price", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("net_content", sa.String(length=40), nullable=True),
        sa.Column(
            "availability",
            sa.Enum(
                "siap", "pesan-dulu", "habis", name="availability", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("days_to_make", sa.Integer(), nullable=True),
        sa.Column("minimum_order", sa.Integer(), nullable=True),
        sa.Column("season", sa.String(length=40), nullable=True),
        sa.Column("delivery", sa.String(length=200), nullable=False),
        sa.Column("payment", sa.String(length=200), nullable=False),
        sa.Column("ingredients", sa.Text(), nullable=True),
        sa.Column("shelf_life", sa.String(length=120), nullable=True),
        sa.Column("storage", sa.String(length=120), nullable=True),
        sa.Column("brand", sa.String(length=80), nullable=True),
        sa.Column("pirt_number", sa.String(length=40), nullable=True),
        sa.Column("pirt_expires_on", sa.Date(), nullable=True),
        sa.Column("halal_number", sa.String(length=40), nullable=True),
        sa.Column("halal_expires_on", sa.Date(), nullable=True),
        sa.Column("bpom_number", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(availability = 'pesan-dulu') = (days_to_make IS NOT NULL)",
            name=op.f("ck_products_made_to_order_has_days"),
        ),
        sa.CheckConstraint("minimum_order > 0", name=op.f("ck_products_minimum_order_positive")),
        sa.CheckConstraint("price > 0", name=op.f("ck_products_price_positive")),
        sa.CheckConstraint("regular_price > price", name=op.f("ck_products_struck_price_is_higher")),
        sa.ForeignKeyConstraint(["id"], ["listings.id"], name=op.f("fk_products_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
    )
    op.create_table(
        "variants",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_variants_price_positive")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_variants_product_id")),
        sa.PrimaryKeyConstraint("product_id", "position", name=op.f("pk_variants")),
    )


def downgrade():
    op.drop_table("variants")
    op.drop_table("products")
    with op.batch_alter_table("listing_photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listing_photos_photo_id"))

    op.drop_table("listing_photos")
    op.drop_table("attractions")
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.drop_index("ix_listings_similar_near")
        batch_op.drop_index("ix_listings_similar")
        batch_op.drop_index("ix_listings_of_village")
        batch_op.drop_index("ix_listings_of_regency")
        batch_op.drop_index("ix_listings_of_district")
        batch_op.drop_index("ix_listings_of_category")
        batch_op.drop_index("ix_listings_of_business")
        batch_op.drop_index("ix_listings_newest")

    op.drop_table("listings")
    with op.batch_alter_table("kim_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kim_members_user_id"))
        batch_op.drop_index(batch_op.f("ix_kim_members_kim_id"))

    op.drop_table("kim_members")
    with op.batch_alter_table("businesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_businesses_whatsapp"))
        batch_op.drop_index(batch_op.f("ix_businesses_owner_id"))
        batch_op.drop_index(batch_op.f("ix_businesses_kim_id"))

    op.drop_table("businesses")
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointments_regency_code"))

    op.drop_table("appointments")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_village_code"))

    op.drop_table("users")
    with op.batch_alter_table("kim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kim_village_code"))
        batch_op.drop_index("ix_kim_status_registered_on")
        batch_op.drop_index("ix_kim_of_district")

    op.drop_table("kim")
    with op.batch_alter_table("villages", schema=None) as batch_op:
        batch_op.drop_index("ix_villages_regency_code_code")
        batch_op.drop_index(batch_op.f("ix_villages_district_code"))

    op.drop_table("villages")
    with op.batch_alter_table("districts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_districts_regency_code"))

    op.drop_table("districts")
    with op.batch_alter_table("regencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regencies_province_code"))

    op.drop_table("regencies")
    op.drop_table("category_counts")
    op.drop_table("provinces")
    op.drop_table("place_counts")
    op.drop_table("photos")
    with op.batch_alter_table("categories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_categories_parent_id"))

    op.drop_table("categories")
