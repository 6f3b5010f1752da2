"""Rows as they stood in the database after a migration, for the next migrations to carry over.

Written in the columns of that time, never through the models, which know only today's. A migration that adds a table
or a required column adds its rows here under its own revision.
"""

from datetime import UTC, date, datetime

MOMENT = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
DRAFT, UPLOAD = "01KAW0000000000000000000D1", "01KAW0000000000000000000P1"
POINT = {"latitude": -6.8615, "longitude": 111.87212}
PLACE = {**POINT, "is_current": True}

ROWS_AFTER: dict[str, list[tuple[str, dict]]] = {
    "0001": [
        ("provinces", {"code": "35", "decreed_name": "Jawa Timur", **PLACE}),
        (
            "regencies",
            {
                "code": "35.23",
                "kind": "kabupaten",
                "province_code": "35",
                "neighbour_codes": "35.22,35.24",
                "decreed_name": "Kabupaten Tuban",
                **PLACE,
            },
        ),
        ("districts", {"code": "35.23.08", "regency_code": "35.23", "decreed_name": "Kerek", "dye": "soga", **PLACE}),
        (
            "villages",
            {
                "code": "35.23.08.2009",
                "kind": "desa",
                "district_code": "35.23.08",
                "regency_code": "35.23",
                "decreed_name": "Kedungrejo",
                "corrected_name": "Kedung Rejo",
                **PLACE,
            },
        ),
        (
            "users",
            {
                "id": 1,
                "name": "Siti Aminah",
                "phone": "+6281234567890",
                "password_hash": "$argon2id$",
                "village_code": "35.23.08.2009",
                "session_version": 3,
                "is_example": False,
                "created_at": MOMENT,
            },
        ),
        (
            "appointments",
            {"id": 1, "user_id": 1, "office": "petugas", "regency_code": "35.23", "appointed_at": MOMENT},
        ),
        (
            "kim",
            {
                "id": 1,
                "slug": "kedungrejo",
                "name": "KIM Kedungrejo",
                "status": "aktif",
                "district_code": "35.23.08",
                "village_code": "35.23.08.2009",
                "registered_on": date(2026, 1, 15),
                "introduction": "",
                "is_example": False,
                "created_at": MOMENT,
            },
        ),
        ("kim_members", {"id": 1, "kim_id": 1, "position": 1, "name": "Sulastri", "role": "ketua", "user_id": 1}),
        (
            "businesses",
            {
                "id": 1,
                "name": "Batik Gedog Sumiati",
                "owner_name": "Sumiati",
                "status": "aktif",
                "whatsapp": "+6281298765432",
                "village_code": "35.23.08.2009",
                "kim_id": 1,
                "description": "",
                "opening_hours": "07:00-17:00;;;;;;",
                "is_example": False,
                "created_at": MOMENT,
            },
        ),
        (
            "categories",
            {
                "id": 1,
                "slug": "batik",
                "name": "Batik",
                "kind": "produk",
                "description": "",
                "icon": "spool",
                "tone": "wedel",
                "position": 1,
                "is_current": True,
            },
        ),
        ("category_counts", {"category_id": 1, "listings": 1}),
        (
            "place_counts",
            {"place_code": "35.23", "products": 1, "attractions": 1, "villages": 1, "villages_with_kim": 1},
        ),
        *[
            (
                "listings",
                {
                    "id": number,
                    "kind": kind,
                    "status": "tayang",
                    "name": name,
                    "description": "",
                    "category_id": 1,
                    "village_code": "35.23.08.2009",
                    "district_code": "35.23.08",
                    "regency_code": "35.23",
                    "business_id": 1,
                    "is_example": False,
                    "created_at": MOMENT,
                    "updated_at": MOMENT,
                    "published_at": MOMENT,
                    "version": 2,
                },
            )
            for number, kind, name in ((1, "produk", "Batik gedog"), (2, "wisata", "Sanggar batik"))
        ],
        (
            "products",
            {
                "id": 1,
                "price": 350_000,
                "unit": "lembar",
                "availability": "pesan-dulu",
                "days_to_make": 14,
                "season": "1,2,12",
                "delivery": "ambil,ekspedisi",
                "payment": "tunai",
            },
        ),
        ("variants", {"product_id": 1, "position": 1, "name": "Selendang", "price": 150_000}),
        (
            "attractions",
            {
                "id": 2,
                "summary": "",
                "adult_ticket": 0,
                "facilities": "musala,toilet",
                "directions": "",
                "warning": "Tutup sementara",
                "warning_ends_on": date(2026, 12, 31),
                "is_exact_point": True,
                **POINT,
            },
        ),
        (
            "photos",
            {
                "id": 1,
                "digest": "0" * 32,
                "width": 1280,
                "height": 960,
                "color": "#1c3a63",
                "perceptual_hash": "f" * 16,
                "created_at": MOMENT,
            },
        ),
        ("listing_photos", {"listing_id": 1, "photo_id": 1, "position": 0, "alt_text": "Kain batik"}),
    ],
    "0002": [
        ("search_outbox", {"id": 1, "subject": "listing", "key": "1", "noted_at": MOMENT}),
        (
            "search_counts",
            {"day": date(2026, 11, 1), "words": "batik gedog", "searches": 3, "without_results": 1},
        ),
    ],
    "0003": [
        ("recoveries", {"id": 1, "user_id": 1, "asked_at": MOMENT}),
        ("account_events", {"id": 1, "user_id": 1, "kind": "lupa-sandi", "note": "", "happened_at": MOMENT}),
        (
            "proposed_changes",
            {
                "id": 1,
                "listing_id": 1,
                "status": "menunggu",
                "values": {"name": "Batik gedog halus"},
                "base_version": 2,
                "proposed_by_id": 1,
                "proposed_at": MOMENT,
                "version": 1,
            },
        ),
    ],
    "0004": [
        (
            "devices",
            {
                "id": 1,
                "user_id": 1,
                "secret_hash": "a" * 64,
                "rotated_at": MOMENT,
                "name": "Chrome di Android",
                "created_at": MOMENT,
                "last_seen_at": MOMENT,
            },
        ),
        (
            "passkeys",
            {
                "id": 1,
                "user_id": 1,
                "credential_id": "AAAA",
                "public_key": b"key",
                "sign_count": 7,
                "name": "Sidik jari",
                "created_at": MOMENT,
            },
        ),
        ("account_events", {"id": 2, "user_id": 1, "kind": "mendaftar", "note": "", "happened_at": MOMENT}),
    ],
    "0005": [
        (
            "drafts",
            {
                "id": DRAFT,
                "user_id": 1,
                "purpose": "produk",
                "fields": {"name": "Batik tulis"},
                "photo_order": [UPLOAD],
                "revision": 4,
                "created_at": MOMENT,
                "updated_at": MOMENT,
                "sent_at": MOMENT,
                "listing_id": 1,
            },
        ),
        (
            "uploads",
            {
                "id": UPLOAD,
                "draft_id": DRAFT,
                "size": 150_000,
                "received": 150_000,
                "photo_id": 1,
                "created_at": MOMENT,
                "updated_at": MOMENT,
            },
        ),
    ],
    "0006": [
        ("listing_day_counts", {"listing_id": 1, "day": date(2026, 11, 1), "views": 12, "whatsapp_taps": 2}),
    ],
    "0007": [
        (
            "consents",
            {
                "id": 1,
                "listing_id": 1,
                "business_id": 1,
                "phone": "+6281298765432",
                "asked_by_id": 1,
                "asked_at": MOMENT,
            },
        ),
    ],
    "0008": [
        ("proposed_photos", {"change_id": 1, "photo_id": 1, "position": 0, "alt_text": "Batik gedog"}),
    ],
    "0009": [
        ("day_works", {"name": "diam", "done_at": MOMENT}),
    ],
}
