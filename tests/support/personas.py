"""People, places and things for tests: each call adds one row that is complete and public unless told otherwise.

Every builder takes the columns that matter to the sentence of its test as keywords.
"""

import itertools
from datetime import date, datetime, timedelta

from sqlalchemy import select

from marketplace.accounts.models import Appointment, Office, User
from marketplace.accounts.passwords import hash_password
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import Category, ListingKind, Tone
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimMember, KimStatus, MemberRole
from marketplace.photos.models import Photo
from marketplace.regions.models import Regency, Village
from marketplace.umkm.models import Business
from tests.support.places import KEDUNGREJO, TUBAN

PASSWORD = "keripik tempe malang"
# Hashing takes time by design: everybody in the tests has the same password.
PASSWORD_HASH = hash_password(PASSWORD)
BEGINNING = datetime(2026, 11, 1, 2, 0, tzinfo=clock.WIB)

_numbers = itertools.count(1)


def a_village(code: str = KEDUNGREJO) -> Village:
    """One of the villages of `tests.support.places`: Kedungrejo in Kerek, Tuban, unless another is named."""
    return db.session.get_one(Village, code)


def a_person(name: str = "Siti Aminah", **columns) -> User:
    """Somebody with an account and no office; signs in with PASSWORD."""
    number = next(_numbers)
    defaults = {"phone": f"+62812{number:08}", "password_hash": PASSWORD_HASH, "created_at": BEGINNING}
    return _kept(User(**{**defaults, "name": name, **columns}))


def an_officer_of(regency: Regency | str = TUBAN, **columns) -> User:
    """A person of the kabupaten's Dinas Kominfo."""
    code = regency if isinstance(regency, str) else regency.code
    officer = a_person(**{"name": "Bambang Sutrisno", **columns})
    _kept(Appointment(user=officer, office=Office.OFFICER, regency_code=code, appointed_at=BEGINNING))
    return officer


def an_administrator(**columns) -> User:
    """A person of the province, who sees the whole."""
    administrator = a_person(**{"name": "Ratna Dewi", **columns})
    _kept(Appointment(user=administrator, office=Office.ADMIN, appointed_at=BEGINNING))
    return administrator


def a_kim(village: Village | None = None, **columns) -> Kim:
    """An active, registered KIM of the village, with a chair."""
    village = village or a_village()
    number = next(_numbers)
    defaults = {
        "slug": f"kim-{number}",
        "name": f"KIM {village.name}",
        "status": KimStatus.ACTIVE,
        "village_code": village.code,
        "district_code": village.district_code,
        "registered_on": date(2026, 1, 15),
        "registration_number": f"{village.code}/{number}",
        "whatsapp": f"+62813{number:08}",
        "created_at": BEGINNING,
    }
    kim = _kept(Kim(**{**defaults, **columns}))
    _kept(KimMember(kim=kim, position=1, name="Sulastri", role=MemberRole.CHAIR))
    return kim


def a_coordinator_of(kim: Kim, **columns) -> User:
    """A person who coordinates the KIM's sellers."""
    coordinator = a_person(**{"name": "Rini Wulandari", **columns})
    position = len(kim.members) + 1
    member = KimMember(kim=kim, position=position, name=coordinator.name, role=MemberRole.COORDINATOR, user=coordinator)
    _kept(member)
    return coordinator


def a_business(village: Village | None = None, **columns) -> Business:
    """An active business with a WhatsApp number."""
    village = village or a_village()
    number = next(_numbers)
    defaults = {
        "name": f"Usaha Tempe {number}",
        "owner_name": "Sumiati",
        "whatsapp": f"+62811{number:08}",
        "village_code": village.code,
        "created_at": BEGINNING,
    }
    return _kept(Business(**{**defaults, **columns}))


def a_category(
    slug: str = "camilan", kind: ListingKind = ListingKind.PRODUCT, group: str = "makanan-camilan", **columns
) -> Category:
    """A leaf on which listings stand, inside a group; made on first use."""
    leaf = _find_category(slug)
    if leaf is not None:
        return leaf
    parent = _find_category(group) or _new_category(group, kind, None)
    return _new_category(slug, kind, parent, **columns)


def a_product(business: Business | None = None, *, photos: int = 0, **columns) -> Product:
    """A published product of the business, newer than every listing built before it in the test."""
    business = business or a_business()
    defaults = {
        **_listing_defaults(business.village_code),
        "name": "Keripik tempe",
        "category_id": None,
        "business_id": business.id,
        "price": 18_000,
        "unit": "bungkus",
        "description": "Tempe tipis yang digoreng dua kali.",
    }
    product = Product(**{**defaults, **columns})
    product.category_id = product.category_id or a_category().id
    return _with_photos(_kept(product), photos)


def an_attraction(village: Village | None = None, *, photos: int = 0, **columns) -> Attraction:
    """A published place to visit in the village."""
    village = village or a_village()
    defaults = {
        **_listing_defaults(village.code),
        "name": "Air Terjun Nglirip",
        "category_id": None,
        "summary": "Air terjun berwarna hijau di tengah hutan jati.",
        "description": "Datang pagi, sebelum ramai.",
        "adult_ticket": 10_000,
        "latitude": village.latitude,
        "longitude": village.longitude,
    }
    attraction = Attraction(**{**defaults, **columns})
    attraction.category_id = (
        attraction.category_id or a_category("air-terjun", ListingKind.ATTRACTION, "tempat-wisata").id
    )
    return _with_photos(_kept(attraction), photos)


def a_photo(**columns) -> Photo:
    """A row for a photo of 1280 x 960; no file lies behind it."""
    number = next(_numbers)
    defaults = {
        "digest": f"{number:032x}",
        "width": 1280,
        "height": 960,
        "color": "#8a5a2b",
        "perceptual_hash": f"{number:016x}",
        "created_at": BEGINNING,
    }
    return _kept(Photo(**{**defaults, **columns}))


def _listing_defaults(village_code: str) -> dict:
    moment = BEGINNING + timedelta(minutes=next(_numbers))
    return {
        "status": ListingStatus.PUBLISHED,
        "village_code": village_code,
        "created_at": moment,
        "updated_at": moment,
        "published_at": moment,
    }


def _with_photos(listing: Listing, count: int):
    for position in range(count):
        listing.photos.append(ListingPhoto(photo=a_photo(), position=position, alt_text=f"Foto {position + 1}"))
    db.session.flush()
    return listing


def _find_category(slug: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.slug == slug))


def _new_category(slug: str, kind: ListingKind, parent: Category | None, **columns) -> Category:
    defaults = {
        "name": slug.replace("-", " ").capitalize(),
        "icon": "cookie",
        "tone": Tone.BROWN,
        "position": next(_numbers),
    }
    return _kept(Category(**{**defaults, "slug": slug, "kind": kind, "parent": parent, **columns}))


def _kept(row):
    db.session.add(row)
    db.session.flush()
    return row
