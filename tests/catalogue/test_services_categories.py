"""The shelves as the file says."""

import csv

import pytest
from sqlalchemy import select

from marketplace.catalogue.errors import CategoriesRefused
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.queries.categories import list_groups, list_leaves
from marketplace.catalogue.services.categories import REFERENCE_FILE, category_aliases, load_categories
from marketplace.catalogue.spreadsheets.categories import CategoryFinder
from marketplace.foundation.database import db

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]


def test_a_visitor_finds_eight_groups_with_their_categories():
    load_categories()

    assert [group.slug for group in list_groups()] == [
        "makanan-camilan", "kopi-minuman", "batik-kain", "kerajinan", "hasil-bumi", "laut-ternak",
        "tanaman-perawatan", "tempat-wisata",
    ]  # fmt: skip
    assert len(list_leaves()) == 32
    assert all(leaf.kind is leaf.parent.kind for leaf in list_leaves())


def test_loading_the_same_shelves_again_changes_nothing():
    load_categories()

    report = load_categories()

    assert (report.added, report.changed, report.archived) == (0, 0, 0)


def test_a_shelf_that_a_newer_file_lacks_is_archived_and_comes_back(tmp_path):
    load_categories()
    shorter = tmp_path / "categories.csv"
    shorter.write_text("".join(line for line in REFERENCE_FILE.open() if ",jasa," not in line))

    assert load_categories(shorter).archived == 1
    jasa = db.session.scalars(select(Category).where(Category.slug == "jasa")).one()
    assert not jasa.is_current

    assert load_categories().added == 0
    assert jasa.is_current


def test_a_renamed_shelf_keeps_its_listings(tmp_path):
    load_categories()
    id_before = db.session.scalars(select(Category.id).where(Category.slug == "jasa")).one()
    renamed = tmp_path / "categories.csv"
    renamed.write_text(REFERENCE_FILE.read_text().replace(",Jasa,", ",Jasa Warga,"))

    load_categories(renamed)

    jasa = db.session.scalars(select(Category).where(Category.slug == "jasa")).one()
    assert (jasa.id, jasa.name) == (id_before, "Jasa Warga")


HEADER = "level,kind,slug,label,group,icon,tone,description,aliases\n"
FOOD = "group,produk,pangan,Pangan,,cookie,soga,,\nleaf,produk,kue,Kue,pangan,cookie,soga,,\n"
WRONG_FILES = {
    "": "judul kolomnya",
    "x,y\n1,2\n": "judul kolomnya",
    HEADER: "judul kolomnya",
    f"{HEADER}{FOOD}group,produk,kosong,Kosong,,cookie,soga,,\n": "tanpa satu kategori pun: kosong",
    f"{HEADER}{FOOD}leaf,produk,jamu,Jamu,kopi-minuman,cookie,soga,,\n": 'berada di "kopi-minuman"',
    f"{HEADER}leaf,produk,jamu,Jamu,pangan,cookie,soga,,\n{FOOD}": 'berada di "pangan"',
    f"{HEADER}{FOOD}leaf,wisata,gua,Gua,pangan,cookie,soga,,\n": "tidak ada kelompok wisata",
    f"{HEADER}{FOOD}leaf,produk,bolu,Bolu,kue,cookie,soga,,\n": 'berada di "kue"',
    f"{HEADER}{FOOD}leaf,produk,kue,Kue,pangan,cookie,soga,,\n": "ada dua kali",
    f"{HEADER}{FOOD}shelf,produk,bolu,Bolu,pangan,cookie,soga,,\n": 'bertingkat "shelf"',
    f"{HEADER}{FOOD}leaf,produk,bolu,Bolu,pangan,cookie,pink,,\n": "tidak dikenal",
    f"{HEADER}{FOOD}leaf,produk,kerajinan,Kerajinan,pangan,cookie,soga,,\n": "jenis atau tingkat lain",
    f"{HEADER}{FOOD}group,wisata,in,In,pangan,cookie,soga,,\n": "adalah kelompok",
}


@pytest.mark.parametrize("content", WRONG_FILES)
def test_shelves_that_would_break_a_page_are_refused_with_a_sentence(tmp_path, content):
    load_categories()
    file = tmp_path / "categories.csv"
    file.write_text(content)

    with pytest.raises(CategoriesRefused, match=WRONG_FILES[content]):
        load_categories(file)

    assert len(list_groups()) == 8
    assert len(list_leaves()) == 32


@pytest.mark.parametrize(
    "words",
    [
        "Kuliner siap santap", "Camilan & olahan kering", "Minuman & jamu", "Hasil tani & kebun", "Ternak & ikan",
        "Bumbu & bahan dapur", "Batik & fesyen", "Kriya", "Kriya bambu", "Rumah & perabot",
        "Herbal & perawatan tubuh", "Jasa", "Bibit & tanaman hias", "Oleh-oleh & hampers",
    ],
)  # fmt: skip
def test_a_seller_may_use_the_everyday_word_for_a_kind_of_goods(words):
    load_categories()

    assert CategoryFinder.from_database().find(ListingKind.PRODUCT, words)


@pytest.mark.parametrize(
    "words",
    [
        "pantai", "gunung", "air terjun", "danau & waduk", "goa", "hutan & savana", "agrowisata", "situs sejarah",
        "religi", "budaya", "desa wisata", "kuliner", "buatan",
    ],
)  # fmt: skip
def test_a_guide_may_use_the_everyday_word_for_a_kind_of_place(words):
    load_categories()

    assert CategoryFinder.from_database().find(ListingKind.ATTRACTION, words)


def test_no_word_stands_for_two_shelves():
    with REFERENCE_FILE.open(encoding="utf-8", newline="") as file:
        words = [
            (row["kind"], word.casefold())
            for row in csv.DictReader(file)
            if row["level"] == "leaf"
            for word in {row["label"], *filter(None, row["aliases"].split(";"))}
        ]

    assert len(words) == len(set(words))
    assert category_aliases()[ListingKind.ATTRACTION, "Candi"] == "sejarah"
