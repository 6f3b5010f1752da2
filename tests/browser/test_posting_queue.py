"""The queue: what waits on this phone and on others, and what one can do about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.posting import (
    choose_photos,
    drafts_on,
    fill_in,
    listings_called,
    open_post,
    phone,
    send,
    sign_in,
    wait_until_sent,
)
from tests.support.browsers import LiveServer

QUEUE = "/jual/antrean"


@pytest.fixture
def seller(browser, live_server: LiveServer, as_seller) -> Iterator[BrowserContext]:
    """A phone on which the seller of the examples is signed in."""
    with phone(browser, live_server, **as_seller) as context:
        yield context


def begin_draft(context: BrowserContext, name: str, *seeds: int) -> Page:
    """Write a draft with photos, without sending it, and look at the queue."""
    page = context.new_page()
    open_post(page)
    choose_photos(page, *seeds)
    fill_in(page, name)
    expect(page.locator(".tile[data-state=arrived]")).to_have_count(len(seeds))
    page.goto(QUEUE)
    expect(row_of(page, name)).to_contain_text("Draf, belum dikirim")
    while any(draft["mirrored"] < draft["revision"] for draft in drafts_on(page)):
        page.wait_for_timeout(50)
    return page


def row_of(page: Page, name: str):
    return page.locator(".queue__row", has_text=name)


def test_a_deleted_draft_comes_back_with_one_tap_as_it_was(seller):
    page = begin_draft(seller, "Rengginang Hapus", 41)

    row_of(page, "Rengginang Hapus").get_by_role("button", name="Hapus").click()
    expect(page.locator("[data-part=rows]")).not_to_contain_text("Rengginang Hapus")
    page.reload()
    page.get_by_text("Baru dihapus").click()
    row_of(page, "Rengginang Hapus").get_by_role("button", name="Urungkan").click()

    expect(page.locator("[data-part=rows]")).to_contain_text("Rengginang Hapus")
    [draft] = drafts_on(page)
    assert (draft["trashed"], len(draft["photos"])) == (False, 1)


def test_what_the_server_asks_to_mend_is_said_at_the_field_and_sent_when_mended(seller, live_server):
    page = seller.new_page()
    open_post(page)
    choose_photos(page, 42)
    fill_in(page, "Rengginang Mahal", price="20000")
    page.locator("details.fold summary").click()
    page.locator("[name=regular_price]").fill("10000")
    send(page)

    row = row_of(page, "Rengginang Mahal")
    expect(row).to_contain_text("Perlu diperbaiki")
    expect(row).to_contain_text("harus lebih tinggi")
    expect(row.get_by_role("button", name="Coba lagi")).to_be_hidden()
    row.get_by_role("link", name="Perbaiki sekarang").click()
    wrong = page.locator("[name=regular_price]")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#regular_price-wrong")).to_contain_text("harus lebih tinggi")
    wrong.fill("")
    send(page)

    wait_until_sent(page)
    assert listings_called(live_server, "Rengginang Mahal") == [1]


def test_a_photo_that_is_none_is_refused_in_words_and_costs_nothing_else(seller, live_server):
    page = seller.new_page()
    open_post(page)
    choose_photos(page, 43)
    page.locator("[data-part=gallery]").set_input_files(
        {"name": "rusak.jpg", "mimeType": "image/jpeg", "buffer": b"bukan foto" * 30_000}
    )
    refused = page.locator(".tile[data-state=refused]")
    expect(refused.locator("[data-part=state]")).not_to_be_empty()
    fill_in(page, "Rengginang Rusak")
    send(page)
    row = row_of(page, "Rengginang Rusak")
    expect(row).to_contain_text("Ada foto yang tidak bisa dipakai")

    row.get_by_role("link", name="Ubah").click()
    page.get_by_role("button", name="Buang foto 2").click()
    page.get_by_role("button", name="Lanjut isi harga").click()
    send(page)

    wait_until_sent(page)
    assert listings_called(live_server, "Rengginang Rusak") == [1]


def test_a_draft_of_a_lost_phone_goes_on_on_another(seller, browser, live_server, as_seller):
    begin_draft(seller, "Rengginang Pindah", 44, 45)
    with phone(browser, live_server, **as_seller) as other:
        page = other.new_page()
        page.goto(QUEUE)

        row = row_of(page, "Rengginang Pindah")
        expect(row).to_contain_text("Dari perangkat lain")
        row.get_by_role("button", name="Lanjutkan di sini").click()
        expect(page.locator(".tile img[src]")).to_have_count(2)
        page.get_by_role("button", name="Lanjut isi harga").click()
        send(page)

        wait_until_sent(page)
        assert listings_called(live_server, "Rengginang Pindah") == [2]


def test_a_draft_is_never_sent_under_another_account(seller, live_server):
    page = begin_draft(seller, "Rengginang Orang Lain", 46)
    page.context.set_offline(True)
    row_of(page, "Rengginang Orang Lain").get_by_role("button", name="Kirim ke KIM").click()
    expect(page.get_by_role("heading", name="Tersimpan di HP")).to_be_visible()
    page.close()
    seller.clear_cookies()
    seller.set_offline(False)

    other = seller.new_page()
    sign_in(other, live_server, "Koordinator", then=QUEUE)

    expect(other.get_by_text("1 kiriman akun lain di HP ini menunggu pemiliknya masuk.")).to_be_visible()
    expect(other.locator("[data-part=rows]")).not_to_contain_text("Rengginang Orang Lain")
    assert listings_called(live_server, "Rengginang Orang Lain") == []


def test_a_stuck_draft_leaves_the_phone_as_a_file_that_the_coordinator_opens(
    seller, browser, live_server, as_coordinator, tmp_path
):
    page = begin_draft(seller, "Rengginang <b>Berkas</b>", 47, 48)
    with page.expect_download() as download:
        row_of(page, "Rengginang").get_by_role("button", name="Kirim berkas").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".html"

    # Anybody reads it, and nothing that was typed runs in it.
    read = seller.new_page()
    read.goto(file.as_uri())
    expect(read.get_by_role("heading", name="Rengginang <b>Berkas</b>")).to_be_visible()
    assert read.locator("img").count() == 2
    with phone(browser, live_server, **as_coordinator) as other:
        office = other.new_page()
        office.goto(QUEUE)
        office.locator("html[data-scripts='ready']").wait_for(state="attached")
        open_file(office, file)
        office.wait_for_url("**draf=*")
        [draft] = drafts_on(office)

    assert draft["purpose"] == "untuk-penjual"
    assert draft["fields"]["name"] == "Rengginang <b>Berkas</b>"
    assert len(draft["photos"]) == 2


def open_file(page: Page, file: Path) -> None:
    """Open a seller's file, as soon as the page offers it."""
    place = page.locator("[data-part=open]")
    expect(place).to_be_visible()
    place.locator("input").set_input_files(file)


def test_a_file_that_is_none_of_ours_is_refused_in_words(browser, live_server, as_coordinator, tmp_path: Path):
    file = tmp_path / "lain.html"
    file.write_text(
        '<script id="pasar-kim-kiriman" type="application/json">{"version": 1, "fields": 3}</script>', "utf-8"
    )
    with phone(browser, live_server, **as_coordinator) as context:
        page = context.new_page()
        page.goto(QUEUE)
        page.locator("html[data-scripts='ready']").wait_for(state="attached")
        open_file(page, file)

        expect(page.get_by_role("alert")).to_contain_text("bukan berkas kiriman")


def test_without_scripts_the_queue_tells_what_the_server_keeps(seller, browser, live_server, as_seller):
    begin_draft(seller, "Rengginang Polos", 49)
    with phone(browser, live_server, java_script_enabled=False, **as_seller) as simple:
        page = simple.new_page()
        page.goto(QUEUE)
        expect(row_of(page, "Rengginang Polos")).to_contain_text("Draf, belum dikirim")
        expect(page.get_by_text("Ini draf yang sudah sampai di server.")).to_be_visible()
