"""Loading the places: all of them, again and again, from files that change."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.regions.errors import PlacesRefused
from marketplace.regions.models import District, Province, Regency, Village
from marketplace.regions.services import REFERENCE_FILE, LoadReport, load_regions
from tests.support.personas import a_kim, a_product, a_village
from tests.support.places import BLIMBING, KEDUNGREJO, KEREK, KOTA_MALANG, MARGOREJO, PURWANTORO, TUBAN

COLUMNS = ("code", "level", "name", "kind", "parent_code", "lat", "lng")
PLACES = (
    ("35", "province", "Jawa Timur", "provinsi", "", "-7.81613", "112.61389"),
    (TUBAN, "regency", "Kabupaten Tuban", "kabupaten", "35", "-6.98", "111.9"),
    (KOTA_MALANG, "regency", "Kota Malang", "kota", "35", "-7.98", "112.63"),
    (KEREK, "district", "Kerek", "kecamatan", TUBAN, "-6.9", "111.85"),
    (BLIMBING, "district", "Blimbing", "kecamatan", KOTA_MALANG, "-7.94", "112.65"),
    (KEDUNGREJO, "village", "Kedungrejo", "desa", KEREK, "-6.91", "111.87"),
    (MARGOREJO, "village", "Margorejo", "desa", KEREK, "-6.92", "111.88"),
    (PURWANTORO, "village", "Purwantoro", "kelurahan", BLIMBING, "-7.95", "112.64"),
)


@pytest.fixture
def places(tmp_path):
    """Writes a file of those few places without some and with others changed: `places(without=(…,), names={…})`."""

    def write(without: tuple[str, ...] = (), names: dict[str, str] | None = None) -> Path:
        file = tmp_path / "places.csv"
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(COLUMNS)
            for code, level, name, *rest in PLACES:
                if code not in without:
                    writer.writerow((code, level, (names or {}).get(code, name), *rest))
        return file

    return write


def load_few(file: Path) -> LoadReport:
    """Load a file that names a few of all the places that are there, as somebody does who means it."""
    return load_regions(file, may_retire_many=True)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.is_current))


def current_village_codes() -> set[str]:
    return set(db.session.scalars(select(Village.code).where(Village.is_current)))


def test_all_of_east_java_is_loaded_and_a_second_time_changes_nothing():
    load_regions()

    assert [count(level) for level in (Province, Regency, District, Village)] == [1, 38, 666, 8_494]
    assert load_regions() == LoadReport(added=0, changed=0, retired=0)
    assert [count(level) for level in (Province, Regency, District, Village)] == [1, 38, 666, 8_494]


def test_every_kabupaten_knows_its_neighbours_and_begins_with_itself():
    load_regions()
    regencies = db.session.scalars(select(Regency)).all()
    codes = {regency.code for regency in regencies}

    for regency in regencies:
        assert regency.nearest_codes[0] == regency.code
        assert len(set(regency.nearest_codes)) == 6
        assert codes.issuperset(regency.nearest_codes)


def test_the_neighbours_of_kota_malang_are_those_around_it():
    load_regions()

    nearest = db.session.get_one(Regency, KOTA_MALANG).nearest_codes
    names = [db.session.get_one(Regency, code).name for code in nearest]

    assert names[0] == "Kota Malang"
    assert {"Kabupaten Malang", "Kota Batu"} <= set(names)
    assert "Kabupaten Banyuwangi" not in names


def test_a_village_that_the_government_renames_gets_its_new_name(places):
    load_few(places())

    report = load_few(places(names={KEDUNGREJO: "Kedungrejo Baru", KEREK: "Kerek Raya"}))

    assert report == LoadReport(added=0, changed=2, retired=0)
    assert a_village().name == "Kedungrejo Baru"
    assert a_village().district.name == "Kerek Raya"


def test_a_name_that_an_administrator_corrected_stays_corrected(places):
    load_few(places())
    a_village().corrected_name = "Kedung Rejo"
    db.session.flush()

    load_few(places(names={KEDUNGREJO: "KEDUNGREDJO"}))
    db.session.expire_all()

    assert a_village().name == "Kedung Rejo"
    assert a_village().decreed_name == "KEDUNGREDJO"


def test_a_village_that_is_no_longer_named_is_kept_and_marked(places):
    load_few(places())

    report = load_few(places(without=(MARGOREJO,)))

    assert report == LoadReport(added=0, changed=0, retired=1)
    assert MARGOREJO not in current_village_codes()
    assert a_village(MARGOREJO).name == "Margorejo"
    assert load_few(places(without=(MARGOREJO,))) == LoadReport(0, 0, 0)


def test_a_village_with_listings_and_a_kim_is_never_lost(places):
    load_few(places())
    product, kim = a_product(), a_kim()

    load_few(places(without=(KEDUNGREJO,)))
    db.session.expire_all()

    assert product.village.code == KEDUNGREJO
    assert kim.village.code == KEDUNGREJO
    assert not product.village.is_current


def test_a_village_that_is_named_again_is_current_again(places):
    load_few(places(without=(MARGOREJO,)))

    report = load_few(places())

    assert report.changed == 1
    assert MARGOREJO in current_village_codes()


def test_a_new_village_is_added_to_those_there(places):
    # Nobody refers to Purwantoro in these tests, so it may stand for a village that is founded.
    db.session.delete(a_village(PURWANTORO))
    db.session.flush()

    assert load_few(places()).added == 1
    assert a_village(PURWANTORO).title == "Kelurahan Purwantoro"


WRONG_ROWS = {
    "35.99.01.2001,village,Antah,desa,35.99.01,-7,112": "berada di",
    "35.23.08.2010,village,Antah,desa,35.73.01,-7,112": "tidak berada di",
    "35.23.08.10,village,Antah,desa,35.23.08,-7,112": "bukan kode desa dan kelurahan",
    "35.23.09,village,Antah,desa,35.23,-7,112": "bukan kode desa dan kelurahan",
    "35.23.08.2010,hamlet,Antah,dusun,35.23.08,-7,112": "tidak dikenal",
    "35.23.08.2010,village,Antah,nagari,35.23.08,-7,112": "bukan jenis desa dan kelurahan",
    "35.23.08.2010,village,,desa,35.23.08,-7,112": "namanya",
    f"35.23.08.2010,village,{'a' * 81},desa,35.23.08,-7,112": "namanya",
    "35.23.08.2010,village,Antah,desa,35.23.08,112,-7": "tidak terletak di Jawa Timur",
    "35.23.08.2010,village,Antah,desa,35.23.08,nan,112": "tidak terletak di Jawa Timur",
    "35.23.08.2010,village,Antah,desa,35.23.08,,": "tidak terletak di Jawa Timur",
    "35.23.08.2010,village,Antah": "isinya kurang",
    f"{KEDUNGREJO},village,Kedungrejo,desa,{KEREK},-7,112": "ada dua kali",
}


@pytest.mark.parametrize("row", WRONG_ROWS)
def test_a_file_with_a_place_that_cannot_be_is_refused_whole(places, row):
    file = places()
    with file.open("a", encoding="utf-8") as text:
        text.write(f"{row}\n")

    with pytest.raises(PlacesRefused, match=WRONG_ROWS[row]):
        load_few(file)
    assert count(Regency) == 38


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x,y\n",
        b"code;level;name;kind;parent_code;lat;lng\n35;province;Jawa Timur;provinsi;;-7;112\n",
        b"code,level,name,kind,parent_code,lat,lng\n",
        b"code,level,name,kind,parent_code,lat,lng\n35,province,Jawa Timur,provinsi,,-7,112\n",
        b"PK\x03\x04\xff\xfe\0",
    ],
)
def test_a_file_of_something_else_retires_nothing_even_by_force(tmp_path, content):
    file = tmp_path / "lain.csv"
    file.write_bytes(content)

    with pytest.raises(PlacesRefused):
        load_few(file)
    assert count(Regency) == 38


def test_a_file_that_lacks_many_places_needs_to_be_meant(tmp_path):
    load_regions()
    lines = REFERENCE_FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path / "tanpa-pacitan.csv"
    without_a_desa = [line for line in lines if not line.startswith("35.01.01.2001,")]
    file.write_text("".join(without_a_desa), encoding="utf-8")
    assert load_regions(file).retired == 1

    without_two = [line for line in lines if not line.startswith(("35.01", "35.02"))]
    file.write_text("".join(without_two), encoding="utf-8")
    with pytest.raises(PlacesRefused, match="tidak lagi menyebut 2 dari 38 kabupaten dan kota"):
        load_regions(file)
    assert count(Regency) == 38
    assert load_regions(file, may_retire_many=True).retired > 2
    assert load_regions().retired == 0


def test_the_operator_reads_why_a_file_is_refused(app, places, tmp_path):
    wrong = tmp_path / "lain.csv"
    wrong.write_text("x,y\n")
    console = app.test_cli_runner()

    refused = console.invoke(args=["regions", "load", str(wrong)])
    incomplete = console.invoke(args=["regions", "load", str(places())])
    meant = console.invoke(args=["regions", "load", str(places()), "--force"])

    assert refused.exit_code == incomplete.exit_code == 1
    assert "Ini bukan berkas wilayah" in refused.output
    assert "--force" in incomplete.output
    assert meant.exit_code == 0, meant.output
    assert count(Regency) == 2
