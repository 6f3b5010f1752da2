"""Static files: one name for one content, kept for ever, sent compressed."""

import re

import pytest

from marketplace.foundation.assets import fingerprint_of_folder, join_style_sheets
from marketplace.foundation.paths import static_folder


def addresses_on(page) -> list[str]:
    named = [
        element.get("href") or element.get("src") for element in page.tree.iter() if element.tag in {"link", "script"}
    ]
    return [address for address in named if address and address.startswith("/static/")]


def test_every_file_that_a_page_names_is_there_and_kept_for_ever(visitor):
    addresses = addresses_on(visitor.get("/"))

    assert addresses
    for address in addresses:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.search(r"[.-][0-9a-f]{12}[./]", address)


def test_the_style_sheet_is_sent_compressed(visitor):
    [address] = [address for address in addresses_on(visitor.get("/")) if address.endswith(".css")]
    answer = visitor.get(address, headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert answer.mimetype == "text/css"


def test_fonts_and_pictures_inside_the_style_sheet_are_there(visitor):
    [address] = [address for address in addresses_on(visitor.get("/")) if address.endswith(".css")]
    style_sheet = visitor.get(address).text

    for relative in re.findall(r'url\("?(\.\./[^")]+)', style_sheet):
        assert visitor.get(f"/static/{relative.removeprefix('../')}").status_code == 200


def test_an_unknown_file_is_a_fault_of_the_template(probes):
    with pytest.raises(KeyError):
        probes.jinja_env.globals["asset"]("img/tidak-ada.svg")


@pytest.mark.parametrize("path", ["/static/", "/static/../secret_key", "/static/%2e%2e/secret_key", "/secret_key"])
def test_nothing_but_static_files_is_served(visitor, path):
    assert visitor.get(path).status_code == 404


def test_every_component_stands_in_the_layer_of_components():
    style_sheet = join_style_sheets(static_folder() / "css")

    assert style_sheet.startswith("@layer tokens, base, layout, components, utilities;")
    assert style_sheet.count("{") == style_sheet.count("}")


def test_a_changed_file_changes_the_fingerprint(tmp_path):
    (tmp_path / "a.css").write_text("a", encoding="utf-8")
    before = fingerprint_of_folder(tmp_path)
    (tmp_path / "a.css").write_text("b", encoding="utf-8")
    after = fingerprint_of_folder(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")

    assert len({before, after, fingerprint_of_folder(tmp_path)}) == 3
