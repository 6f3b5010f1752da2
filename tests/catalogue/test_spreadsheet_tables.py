"""Files as spreadsheet programs really write them, and files that only claim to be spreadsheets."""

import io
import struct
import zipfile
from datetime import date, datetime, time
from functools import cache

import pytest

from marketplace.catalogue.errors import TableRefused
from marketplace.catalogue.spreadsheets import tables, workbooks
from marketplace.catalogue.spreadsheets.tables import read_table
from tests.support.spreadsheets import a_product_row, csv_bytes, write_workbook


@pytest.fixture
def a_file(tmp_path):
    """Write bytes to a file and return its path."""

    def write(content: bytes, name: str = "daftar.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_officer_may_save_as_any_kind_of_csv(a_file, encoding, delimiter):
    row = a_product_row(nama="Kopi “Café” Ijen", deskripsi="Harum; pahit, manis\tsekali")

    table = read_table(a_file(csv_bytes([row], delimiter, encoding)))

    assert table.header[:3] == ["jenis", "nama", "kategori"]
    number, cells = table.rows[0]
    assert (number, cells[1]) == (2, "Kopi “Café” Ijen")
    assert cells[9] == "Harum; pahit, manis\tsekali"


def test_rows_have_the_numbers_that_the_spreadsheet_shows(a_file):
    table = read_table(a_file(b'jenis,nama\r\n\r\nproduk,"dua\r\nbaris"\r\n,,,\r\nwisata,B\r\n,\r\n'))

    assert table.rows == [(3, ["produk", "dua\nbaris"]), (5, ["wisata", "B"])]


def test_excels_own_line_about_the_delimiter_is_not_a_row(a_file):
    table = read_table(a_file(b"sep=;\r\njenis;nama\r\nproduk;A\r\n"))

    assert (table.header_row, table.header, table.rows) == (1, ["jenis", "nama"], [(2, ["produk", "A"])])


def test_signs_that_nobody_sees_are_taken_away(a_file):
    table = read_table(a_file("jenis,\ufeffnama\u200b\nproduk,\u00a0Kopi\u00a0Ijen\u0007 \n".encode()))

    assert table.header == ["jenis", "nama"]
    assert table.rows == [(2, ["produk", "Kopi Ijen"])]


def test_a_quotation_mark_that_never_ends_is_named_with_its_row(a_file):
    with pytest.raises(TableRefused, match="Baris 3"):
        read_table(a_file(b'jenis,nama\nproduk,A\nproduk,"B\nproduk,C\n'))


def test_workbooks_give_numbers_days_and_answers_as_people_type_them(tmp_path):
    moment = datetime(2026, 11, 23, 9, 30)
    path = write_workbook(
        tmp_path / "daftar.xlsx",
        [
            ["wa", "harga", "lintang", "ya", "hari", "saat", "jam", "pirt", "kosong"],
            [812345678.0, 18000.0, -7.98123, True, date(2026, 11, 23), moment, time(7, 30), 2063515012345678, ""],
        ],
    )

    _, cells = read_table(path).rows[0]

    assert cells[:5] == ["812345678", "18000", "-7.98123", "ya", "2026-11-23"]
    assert cells[7] == "2.06352E+15"


def test_a_workbook_keeps_its_row_numbers_and_its_hidden_sheets_are_passed_over(tmp_path):
    path = write_workbook(tmp_path / "daftar.xlsx", [[], [], ["jenis", "nama"], [], ["produk", "A"]], hidden_first=True)

    table = read_table(path)

    assert (table.header_row, table.rows) == (3, [(5, ["produk", "A"])])


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path):
    path = write_workbook(tmp_path / "daftar.xlsx", [["jenis"], ["produk"]]).rename(tmp_path / "daftar.csv")

    assert read_table(path).rows == [(2, ["produk"])]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0 an old one", b"\x00\x01\x02", b"\n\n,,\n"],
)
def test_a_file_without_a_table_is_refused_with_a_sentence(a_file, content):
    with pytest.raises(TableRefused) as refusal:
        read_table(a_file(content))
    assert refusal.value.user_message.endswith(".")


def test_a_table_longer_than_is_read_is_refused(a_file, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)

    with pytest.raises(TableRefused, match="3 baris"):
        read_table(a_file(b"jenis\n" + b"produk\n" * 4))


def test_a_small_workbook_that_unpacks_to_gigabytes_is_not_unpacked(a_file):
    content = _bomb()
    assert len(content) < 500_000

    with pytest.raises(TableRefused, match="jauh lebih besar"):
        read_table(a_file(content))


def test_a_workbook_that_lies_about_its_size_is_not_unpacked_either(a_file):
    content = bytearray(_bomb())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 100)

    with pytest.raises(TableRefused, match="jauh lebih besar"):
        read_table(a_file(bytes(content)))


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<x:row r="1048576"><x:c t="n" r="A1048576"><x:v>1</x:v></x:c></x:row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_one_cell_far_away_does_not_make_the_reader_reserve_all_that_lies_between(a_file, cell):
    content = _zip({"xl/worksheets/sheet1.xml": b'<row r="1"><c r="A1"><v>1</v></c></row>' + cell})

    with pytest.raises(TableRefused, match="terlalu luas"):
        read_table(a_file(content))


@cache
def _bomb() -> bytes:
    return _zip({"xl/worksheets/sheet1.xml": bytes(workbooks.LARGEST_UNPACKED + 1)})


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_text_that_an_unquoted_comma_cut_in_two_is_not_lost_silently(a_file):
    with pytest.raises(TableRefused, match="Baris 2 berisi lebih banyak isian"):
        read_table(a_file(b"nama,deskripsi\nKeripik,gurih, renyah\n"))
