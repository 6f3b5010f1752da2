"""Every refusal and fault is a page in the design, in Indonesian, with a way on."""

from io import BytesIO

import pytest

PROMISED = [403, 404, 409, 413, 422, 429]


@pytest.mark.parametrize("status", PROMISED)
def test_a_refusal_is_a_helpful_page(visitor, status):
    answer = visitor.get(f"/uji/menolak/{status}")

    assert answer.status_code == status
    assert answer.heading
    assert "Ke beranda" in answer.links
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.meta("robots") == "noindex"


def test_an_unknown_address_leads_on_to_products(visitor):
    answer = visitor.get("/tidak/ada")

    assert answer.status_code == 404
    assert "Lihat semua produk" in answer.links


def test_a_fault_of_ours_tells_no_detail(visitor):
    answer = visitor.get("/uji/rusak")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_wrong_method_says_which_are_right(visitor):
    answer = visitor.get("/uji/tanpa-formulir")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_typed_text_that_is_too_large_is_refused(visitor, content_type):
    answer = visitor.post("/uji/provinsi", data={"code": "x" * 3 * 1024 * 1024}, content_type=content_type)

    assert answer.status_code == 413
    assert answer.heading == "Kiriman terlalu besar"


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [("/uji/provinsi", 1, 422), ("/uji/provinsi", 3, 413), ("/uji/berkas", 3, 422), ("/uji/berkas", 5, 413)],
)
def test_only_a_page_that_takes_files_takes_large_ones(visitor, path, megabytes, status):
    file = BytesIO(b"x" * megabytes * 1024 * 1024)

    assert visitor.post(path, data={"photo": (file, "foto.jpg")}).status_code == status


def test_a_page_that_takes_files_takes_no_endless_text(visitor):
    assert visitor.post("/uji/berkas", data={"code": "x" * 3 * 1024 * 1024}).status_code == 413


@pytest.mark.parametrize("path", ["/produk/%00", "/%ff%fe", "/desa/' OR 1=1", "/produk/99999999999999999999999-x"])
def test_strange_addresses_lead_nowhere_and_break_nothing(visitor, path):
    assert visitor.get(path).status_code == 404
