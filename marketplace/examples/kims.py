"""The example KIM, each with its decree and its members."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from marketplace.accounts.models import User
from marketplace.examples import people
from marketplace.examples.places import ExamplePlaces, ExampleVillage
from marketplace.examples.source import chance
from marketplace.foundation import clock
from marketplace.foundation.formatting import plain_slug
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.foundation.phones import to_e164
from marketplace.kim.models import Kim, KimMember, KimStatus, MemberRole
from marketplace.regions.models import short_regency_name

ROLES = (
    MemberRole.CHAIR, MemberRole.DEPUTY, MemberRole.SECRETARY, MemberRole.TREASURER, MemberRole.COORDINATOR,
    MemberRole.SECTION, MemberRole.MEMBER,
)  # fmt: skip
FEWEST_MEMBERS = 5
BETWEEN_REGISTRATIONS = timedelta(days=9)
TERM = timedelta(days=3 * 365)
OFFICE_HOURS = ("Senin-Jumat 08.00-15.00", "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00", "Senin-Sabtu 08.00-13.00")
INTRODUCTIONS = (
    "KIM contoh dari {title}, Kecamatan {district}. Halaman ini memperlihatkan bagaimana sebuah KIM mengenalkan produk "
    "UMKM dan wisata desanya.",
    "Warga {title} berbagi kabar dan memasarkan hasil desanya lewat KIM contoh ini. Nama pengurus dan nomornya hanya "
    "contoh.",
    "Contoh halaman KIM: siapa pengurusnya, kapan bisa dihubungi, dan apa saja yang dijual warga {title}.",
)


def villages_with_kim(places: ExamplePlaces) -> list[ExampleVillage]:
    """Return the villages that get a KIM, in the order of their registration: oldest first, all over the province."""
    villages = [village for chosen in places.kim_villages.values() for village in chosen]
    return sorted(villages, key=lambda village: (chance(f"KIM {village.code}", 1 << 30), village.code))


def make_kims(villages: list[ExampleVillage], coordinators: list[User], now: datetime) -> Iterator[Kim]:
    """Make the KIM of these villages, each with the coordinator who has an account."""
    today = now.astimezone(clock.WIB).date()
    taken: set[str] = set()
    for number, (village, coordinator) in enumerate(zip(villages, coordinators, strict=True)):
        registered_on = today - timedelta(days=4) - BETWEEN_REGISTRATIONS * (len(villages) - 1 - number)
        yield _kim(village, coordinator, registered_on, _free_slug(village, taken), now)


def _kim(village: ExampleVillage, coordinator: User, registered_on: date, slug: str, now: datetime) -> Kim:
    decree_on = registered_on - timedelta(days=40 + chance(village.code, 30))
    introduction = INTRODUCTIONS[chance(f"{village.code} kata", len(INTRODUCTIONS))]
    head = "Lurah" if village.title.startswith("Kelurahan") else "Kepala Desa"
    return Kim(
        slug=slug,
        name=f"KIM {village.name}",
        status=KimStatus.ACTIVE,
        village_code=village.code,
        district_code=village.code[:8],
        registered_on=registered_on,
        decree_number=f"CONTOH/{1 + chance(village.code, 90)}/{decree_on.year}",
        decree_on=decree_on,
        decree_signatory=f"{head} {village.name} (contoh)",
        decree_begins_on=decree_on,
        decree_ends_on=decree_on + TERM,
        introduction=introduction.format(title=village.title, district=village.district_name),
        address=f"Balai {village.title}, Kecamatan {village.district_name}",
        whatsapp=coordinator.phone,
        opening_hours=parse_opening_hours(OFFICE_HOURS[chance(village.code, len(OFFICE_HOURS))]),
        is_example=True,
        created_at=now,
        members=list(_members(village, coordinator)),
    )


def _members(village: ExampleVillage, coordinator: User) -> Iterator[KimMember]:
    count = FEWEST_MEMBERS + chance(f"{village.code} anggota", len(ROLES) - FEWEST_MEMBERS + 1)
    for position, role in enumerate(ROLES[:count]):
        if role is MemberRole.COORDINATOR:
            yield KimMember(position=position, role=role, name=coordinator.name, user=coordinator)
        else:
            yield KimMember(position=position, role=role, name=people.full_name(f"{village.code} {role.value}"))


def coordinator_phone(number: int) -> str:
    """Return the telephone number of the coordinator of the KIM with this number, from 0."""
    return to_e164(people.phone(10 + number))


def _free_slug(village: ExampleVillage, taken: set[str]) -> str:
    slug = plain_slug(village.name)
    if slug in taken:
        slug = plain_slug(f"{village.name} {short_regency_name(village.regency_name)}")
    taken.add(slug)
    return slug
