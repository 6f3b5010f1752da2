"""A phone without signal, with the app as a real browser keeps it: what was seen stays, what was made waits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.posting import as_file, drafts_on, open_post, sign_in
from tests.support.browsers import PHONE, LiveServer

KEPT = """async () => {
  const kept = {}
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys()
    kept[name.replace(/^files-[0-9a-f]+$/, "files")] = requests.map(({ url }) => new URL(url).pathname)
  }
  return kept
}"""
MODULES = "() => document.querySelector(\"script[type='module']\").src.replace('app.js', 'selling/')"
PATIENCE_TENTHS = 200
VERSIONS = "async () => (await caches.keys()).filter((name) => /^files-[0-9a-f]+$/.test(name))"
CREATE_DRAFT = """async ([url, person]) => {
  const { createDraft } = await import(`${url}drafts.js`)
  return (await createDraft({ person, fields: { name: "Keripik tempe" } })).id
}"""
SHARE = """async (files) => {
  const form = Object.assign(document.createElement("form"), {
    method: "post", action: "/jual/berbagi", enctype: "multipart/form-data",
  })
  const field = Object.assign(document.createElement("input"), { type: "file", name: "photos", multiple: true })
  const caption = Object.assign(document.createElement("input"), { name: "text", value: "Keripik tempe Bu Siti" })
  form.append(field, caption)
  document.body.append(form)
}"""


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A visitor's phone on which the app has settled: it is there, with the first page of the visit."""
    page = new_page(**PHONE)
    page.goto("/tentang")
    wait_until_kept(page, "pages", "/tentang")
    return page


@pytest.fixture
def seller(phone: Page, live_server: LiveServer) -> Page:
    """The seller of the examples, whose own pages are on the phone."""
    sign_in(phone, live_server)
    for path in ("/jual", "/jual/baru", "/jual/antrean", "/pemilik"):
        wait_until_kept(phone, "own-pages", path)
    return phone


def wait_until_kept(page: Page, shelf: str, path: str) -> None:
    """Wait until the worker has put this address on that shelf."""
    for _ in range(PATIENCE_TENTHS):
        if path in kept_on(page).get(shelf, ()):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} is not kept: {kept_on(page)}")


def lose_signal(context: BrowserContext) -> None:
    context.set_offline(True)


def kept_on(page: Page) -> dict[str, list[str]]:
    return page.evaluate(KEPT)


def test_a_page_seen_before_is_read_without_signal(phone):
    phone.goto("/cara-pesan")
    wait_until_kept(phone, "pages", "/cara-pesan")
    lose_signal(phone.context)

    for path, heading in (("/cara-pesan", "Cara pesan"), ("/tentang", "Tentang Pasar KIM")):
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1)).to_have_text(heading)
        expect(phone.get_by_text("Tanpa sinyal. Ini simpanan di HP.")).to_be_visible()
    # With its style sheet and scripts, not as bare words.
    assert phone.evaluate("getComputedStyle(document.querySelector('.cloth')).display") != "inline"


def test_a_page_never_seen_says_what_can_be_read_instead(phone):
    lose_signal(phone.context)

    phone.goto("/privasi")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Sedang tanpa sinyal")
    phone.get_by_role("link", name="Tentang Pasar KIM", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tentang Pasar KIM")
    phone.goto("/privasi")
    phone.context.set_offline(False)
    # It opens by itself when the signal is back.
    expect(phone.get_by_role("heading", level=1)).to_have_text("Privasi", timeout=15_000)


def test_a_buyer_pays_only_for_what_they_look_at(phone):
    kept = kept_on(phone)

    assert not kept.get("own-pages")
    assert not [path for path in kept["files"] if "/post" in path or path.startswith("/jual")]
    assert kept["pages"] == ["/tentang"]


def test_a_weak_signal_does_not_keep_a_reader_waiting(phone):
    """The server takes long to answer: after a few seconds the page is shown as it was."""
    phone.goto("/cara-pesan")
    wait_until_kept(phone, "pages", "/cara-pesan")
    phone.context.route("**/cara-pesan", lambda route: None)

    phone.goto("/cara-pesan", timeout=8_000)

    expect(phone.locator("html[data-stored]")).to_be_attached()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Cara pesan")
    phone.context.unroute_all(behavior="ignoreErrors")


def test_a_seller_posts_without_signal_and_it_leaves_when_there_is_one(seller):
    lose_signal(seller.context)
    open_post(seller)
    expect(seller.get_by_text("Tidak ada sinyal. Tetap bisa lanjut.")).to_be_visible()
    seller.locator("[data-part=gallery]").set_input_files([as_file(71)])
    seller.locator(".tile").wait_for()
    fill_in_without_proposals(seller, "Keripik luring")
    seller.get_by_role("button", name="Kirim ke KIM").click()
    seller.wait_for_url("**/jual/antrean**")
    expect(seller.get_by_text("Tersimpan di HP", exact=True)).to_be_visible()

    seller.context.set_offline(False)

    seller.wait_for_url(re.compile(r"/jual/\d+/terkirim"), timeout=60_000)


def fill_in_without_proposals(page: Page, name: str) -> None:
    """What the server would propose is chosen by hand."""
    page.get_by_role("button", name="Lanjut isi harga").click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=price]").fill("18000")
    page.locator("[name=unit]").fill("bungkus")
    page.locator("select[name=category]").select_option(index=1)


def test_who_leaves_takes_their_pages_with_them(seller):
    seller.goto("/")
    wait_until_kept(seller, "pages", "/")

    seller.goto("/akun")
    seller.get_by_role("button", name="Keluar").click()
    expect(seller.get_by_text("Anda sudah keluar.")).to_be_visible()

    kept = kept_on(seller)
    assert not kept.get("own-pages")
    lose_signal(seller.context)
    seller.goto("/jual/baru")
    expect(seller.get_by_role("heading", level=1)).to_have_text("Sedang tanpa sinyal")


def test_what_is_secret_is_never_kept(seller):
    for path in ("/akun", "/masuk", "/jual/usaha"):
        seller.goto(path)
    kept = [path for paths in kept_on(seller).values() for path in paths]

    assert not [path for path in kept if re.match(r"/(akun|masuk|jual/usaha|jual/sesi|jual/draf)", path)]


def test_the_desk_tells_what_waits_on_this_phone_and_has_not_reached_the_server(seller):
    person = seller.locator("html").get_attribute("data-person")
    seller.goto("/jual")
    expect(seller.locator("[data-component=unsent]")).to_be_hidden()

    seller.evaluate(CREATE_DRAFT, [seller.evaluate(MODULES), person])
    seller.goto("/jual")

    expect(seller.get_by_role("link", name="1 draf belum terkirim")).to_have_attribute("href", "/jual/antrean")


def test_who_leaves_is_told_what_has_not_been_sent(seller):
    person = seller.locator("html").get_attribute("data-person")
    seller.evaluate(CREATE_DRAFT, [seller.evaluate(MODULES), person])
    seller.goto("/akun")
    seller.get_by_role("button", name="Keluar").click()
    question = seller.get_by_role("dialog")
    expect(question).to_contain_text("Masih ada 1 produk yang belum terkirim di HP ini.")

    seller.keyboard.press("Escape")
    expect(question).to_be_hidden()
    seller.get_by_role("button", name="Keluar", exact=True).click()
    question.get_by_role("link", name="Lihat antrean").click()
    seller.wait_for_url("**/jual/antrean")
    seller.goto("/akun")
    seller.get_by_role("button", name="Keluar", exact=True).click()
    question.get_by_role("button", name="Tetap keluar").click()

    expect(seller.get_by_text("Anda sudah keluar.")).to_be_visible()


def share_photos(page: Page, *seeds: int) -> None:
    """Share photos as the gallery would: the share sheet itself cannot be driven, so a form of this page does it."""
    page.evaluate(SHARE)
    page.locator("[name=photos]").last.set_input_files([as_file(seed) for seed in seeds])
    page.evaluate("() => document.body.lastElementChild.submit()")


@pytest.mark.parametrize("has_signal", [True, False], ids=["with signal", "without signal"])
def test_shared_photos_open_as_a_draft(seller, has_signal):
    seller.context.set_offline(not has_signal)
    share_photos(seller, 81, 82)

    seller.wait_for_url("**/jual/baru?draf=*")
    expect(seller.locator(".tile")).to_have_count(2)
    [draft] = [draft for draft in drafts_on(seller) if len(draft["photos"]) == 2]
    assert draft["person"] == seller.locator("html").get_attribute("data-person")
    assert draft["fields"]["name"] == "Keripik tempe Bu Siti"


def test_photos_shared_with_a_phone_that_is_full_are_kept_by_the_server(seller):
    session = seller.context.new_cdp_session(seller)
    origin = seller.evaluate("() => location.origin")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})

    share_photos(seller, 84)

    seller.wait_for_url("**/jual/baru?draf=*")
    expect(seller.locator(".tile")).to_have_count(1)


def test_a_phone_that_was_signed_out_elsewhere_forgets_the_pages(seller):
    """Whoever has lost their phone ends its sign-in from another: here by its cookies alone."""
    seller.context.clear_cookies()

    seller.goto("/jual")

    assert not kept_on(seller).get("own-pages")


def test_what_was_shared_before_signing_in_belongs_to_who_signs_in(phone, live_server):
    share_photos(phone, 83)
    phone.wait_for_url("**/masuk**")
    [draft] = drafts_on(phone)
    assert draft["person"] == ""

    sign_in(phone, live_server)

    open_post(phone)
    phone.goto(f"/jual/baru?draf={draft['id']}")
    expect(phone.locator(".tile")).to_have_count(1)


def test_where_there_is_no_app_the_site_works_all_the_same(browser, live_server):
    """Without TLS, as at an address of the local network, browsers offer neither a service worker nor its caches."""
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "0.0.0.0"), **PHONE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    sign_in(page, live_server)
    assert page.evaluate("() => [isSecureContext, 'serviceWorker' in navigator]") == [False, False]

    for path in ("/", "/jual/baru", "/luring", "/akun"):
        page.goto(path)
        page.locator("html[data-scripts='ready']").wait_for(state="attached")
    page.get_by_role("button", name="Keluar", exact=True).click()

    expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()
    assert not faults
    context.close()
