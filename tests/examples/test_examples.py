"""A first look around a fresh marketplace."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import Office, User
from marketplace.accounts.services.people import recognise
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.counts import PlaceCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.spreadsheets.progress import silently
from marketplace.examples import services
from marketplace.examples.services import example_accounts, load_examples
from marketplace.examples.source import Source
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.kim.models import Kim, KimMember, MemberRole
from marketplace.regions.services import load_regions
from marketplace.umkm.models import Business
from tests.support.applications import new_marketplace

FEW_PICTURES = 3


@pytest.fixture(scope="module")
def fresh_marketplace(tmp_path_factory) -> Iterator[list[str]]:
    """A marketplace with all places and the examples, each showing one of a few pictures; what the loading said."""
    source = Source.read()
    few = list(source.subjects)[:FEW_PICTURES]
    for number, files in enumerate(source.pictures.values()):
        files[:] = few[number % FEW_PICTURES :][: len(files)][:1]
    lines: list[str] = []
    app = new_marketplace(tmp_path_factory.mktemp("examples"))
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Source, "read", classmethod(lambda cls: source))
        with committed():
            load_regions()
            load_categories()
        load_examples(lines.append, silently)
        yield lines
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def reported(fresh_marketplace) -> Iterator[list[str]]:
    """What the loading of the examples said."""
    yield fresh_marketplace
    db.session.rollback()


def test_a_visitor_finds_kim_and_goods_in_every_kabupaten_and_kota(reported):
    kims = db.session.scalars(select(Kim)).all()
    assert len(kims) == 76
    assert Counter(kim.district_code[:5] for kim in kims).keys() == set(Source.read().regency_codes)
    assert len(Source.read().regency_codes) == 38
    assert db.session.scalar(select(func.count()).select_from(Product)) == 472
    assert db.session.scalar(select(func.count()).select_from(Attraction)) == 233
    assert db.session.get_one(PlaceCount, "35").products == 472


def test_everything_is_marked_as_an_example_and_published(reported):
    for model in (Listing, Business, Kim, User):
        assert db.session.scalar(select(func.count()).select_from(model).where(~model.is_example)) == 0
    assert set(db.session.scalars(select(Listing.status).distinct())) == {ListingStatus.PUBLISHED}


def test_no_official_number_is_made_up(reported):
    assert not [kim for kim in db.session.scalars(select(Kim)) if kim.registration_number or kim.site_address]
    for column in (Product.pirt_number, Product.halal_number, Product.bpom_number, Business.nib):
        numbers = db.session.scalars(select(column).where(column.is_not(None))).all()
        assert all(number.startswith("CONTOH-") for number in numbers)
    phones = [
        *db.session.scalars(select(User.phone)),
        *db.session.scalars(select(Business.whatsapp)),
        *db.session.scalars(select(Attraction.whatsapp)),
        *db.session.scalars(select(Kim.whatsapp)),
    ]
    assert all(phone.startswith("+6281200000") for phone in phones)


def test_each_kim_has_members_and_a_coordinator_with_an_account(reported):
    for kim in db.session.scalars(select(Kim)):
        assert len(kim.members) >= 5
        assert [member.user is not None for member in kim.members if member.role is MemberRole.COORDINATOR] == [True]


def test_the_accounts_that_are_reported_open_their_doors(reported):
    officer, coordinator, seller = (recognise(account.phone, account.password) for account in example_accounts())

    assert [appointment.office for appointment in officer.appointments] == [Office.OFFICER]
    membership = db.session.scalars(select(KimMember).where(KimMember.user == coordinator)).one()
    assert membership.kim.village_code == services.SHOWN_VILLAGE
    assert db.session.scalars(select(Business).where(Business.owner == seller)).one()
    assert all(any(account.password in line for line in reported) for account in example_accounts())


def test_what_is_newest_differs_in_kind_and_place(reported):
    newest = db.session.execute(
        select(Category.slug, Listing.regency_code)
        .join(Listing, Listing.category_id == Category.id)
        .where(Listing.kind == ListingKind.PRODUCT)
        .order_by(Listing.published_at.desc())
        .limit(5)
    ).all()

    assert len({slug for slug, _ in newest}) > 1
    assert len({code for _, code in newest}) > 1


def test_businesses_belong_to_the_kim_of_their_village(reported):
    villages = set(db.session.scalars(select(Kim.village_code)))
    for business in db.session.scalars(select(Business)):
        assert (business.kim_id is not None) == (business.village_code in villages)


def test_a_second_start_changes_nothing_and_says_the_accounts_again(reported):
    before = db.session.execute(select(Listing.id, Listing.version, Listing.updated_at)).all()

    lines: list[str] = []
    load_examples(lines.append, silently)

    db.session.expire_all()
    assert db.session.execute(select(Listing.id, Listing.version, Listing.updated_at)).all() == before
    assert lines == reported[1:]
