"""Pages of plain text: what this is, how to buy and sell, what the numbers mean, what is kept about people."""

from flask import render_template, request

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import Crumb, PageMeta
from marketplace.site.views.blueprints import site_pages as pages


@pages.get("/tentang")
@open_to(anyone)
def show_about():
    """What Pasar KIM is, who stands behind it, and whose data and files it uses."""
    return _render("show_about", "Tentang Pasar KIM", "Apa itu Pasar KIM, dan dari mana data serta gambarnya.")


@pages.get("/tentang/izin")
@open_to(anyone)
def show_legality():
    """What NIB, PIRT, halal and BPOM numbers mean for a buyer."""
    return _render("show_legality", "Arti nomor izin", "Arti nomor NIB, PIRT, halal, dan BPOM pada produk.")


@pages.get("/cara-jual")
@open_to(anyone)
def show_how_to_sell():
    """How a seller gets onto the marketplace: from their own phone, or with the help of their village's KIM."""
    return _render("show_how_to_sell", "Cara berjualan", "Cara menjual produk desa di Pasar KIM, langsung dari HP.")


@pages.get("/cara-pesan")
@open_to(anyone)
def show_how_to_buy():
    """How to order over WhatsApp, pay and receive."""
    return _render("show_how_to_buy", "Cara pesan", "Cara memesan lewat WhatsApp, membayar, dan menerima barang.")


@pages.get("/privasi")
@open_to(anyone)
def show_privacy():
    """What is kept about people, and what is not."""
    return _render("show_privacy", "Privasi", "Data apa yang disimpan Pasar KIM, dan apa yang tidak.")


@pages.get("/kim/daftar")
@open_to(anyone)
def show_how_to_register():
    """How a village forms a KIM and registers it with the kabupaten."""
    return _render(
        "show_how_to_register", "Daftarkan KIM", "Langkah membentuk KIM dan mendaftarkannya ke Dinas Kominfo."
    )


def _render(name: str, title: str, description: str):
    return render_template(
        f"site/{name}.html",
        crumbs=[Crumb("Beranda", "/"), Crumb(title)],
        meta=PageMeta(title, description, request.path),
        section="jual" if name == "show_how_to_sell" else None,
    )
