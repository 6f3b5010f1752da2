"""Pages are asked about again, not sent again."""

import gzip

import brotli


def test_a_page_that_did_not_change_is_not_sent_again(visitor):
    first = visitor.get("/")
    second = visitor.get("/", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert second.status_code == 304
    assert second.data == b""
    assert "Content-Security-Policy" in second.headers


def test_pages_are_sent_compressed_in_the_way_the_browser_prefers(visitor):
    plain = visitor.get("/").data
    for coding, expand in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = visitor.head("/", headers={"Accept-Encoding": coding})
        assert answer.headers.get("Vary")
        with_body = visitor.open("/", method="GET", headers={"Accept-Encoding": coding, "Accept": "text/html"})
        assert with_body.headers["Content-Encoding"] == coding
        assert expand(with_body.data) == plain


def test_a_compressed_page_that_did_not_change_is_not_sent_again_either(visitor):
    headers = {"Accept-Encoding": "br"}
    first = visitor.get("/", headers=headers)
    second = visitor.get("/", headers={**headers, "If-None-Match": first.headers["ETag"]})

    assert second.status_code == 304


def test_an_error_is_never_kept(visitor):
    answer = visitor.get("/tidak/ada")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
