"""What browsers are told not to do."""

import pytest
from flask import request

from tests.support.applications import new_marketplace
from tests.support.personas import a_person


@pytest.mark.parametrize("path", ["/", "/tidak/ada", "/uji/rusak", "/healthz", "/robots.txt"])
def test_every_answer_carries_the_headers_once(visitor, path):
    headers = visitor.get(path).headers

    assert headers.get_all("Content-Security-Policy") == [
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["strict-origin-when-cross-origin"]
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_pictures_come_from_the_host_of_the_map_s_tiles_where_the_operator_names_one(tmp_path):
    client = new_marketplace(tmp_path, tiles_url="https://tiles.example/{z}/{x}/{y}.png").test_client()

    policy = client.get("/healthz").headers["Content-Security-Policy"]

    assert "img-src 'self' data: blob: https://tiles.example;" in policy
    assert policy.count("tiles.example") == 1


def test_static_files_are_not_to_be_guessed_at_either(visitor):
    address = visitor.get("/").tree.find("head/link[@rel='stylesheet']").get("href")

    assert visitor.get(address).headers["X-Content-Type-Options"] == "nosniff"


def test_over_tls_browsers_are_told_to_stay_there(visitor):
    answer = visitor.get("/", base_url="https://pasar.test")

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_browsers_stay_on_tls_also_when_the_proxy_does_not_tell_that_it_ends_there(tmp_path):
    client = new_marketplace(tmp_path, public_url="https://pasar.test").test_client()

    assert "Strict-Transport-Security" in client.get("/healthz").headers


@pytest.fixture(scope="module")
def marketplace_behind_a_proxy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxied")
    return new_marketplace(folder, public_url="https://pasar.test", trusted_proxies=1)


def test_cookies_are_kept_from_scripts_other_sites_and_plain_http(marketplace_behind_a_proxy):
    client = marketplace_behind_a_proxy.test_client()
    answer = client.get("/masuk", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "pasar.test"})
    cookie = answer.headers["Set-Cookie"]

    assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_only_the_trusted_proxy_is_believed(marketplace_behind_a_proxy, visitor, probes):
    spoofed = {"X-Forwarded-For": "6.6.6.6, 10.0.0.9", "X-Forwarded-Proto": "https"}
    seen = []
    for app in (marketplace_behind_a_proxy, probes):
        app.before_request_funcs.setdefault(None, []).append(lambda: seen.append((request.remote_addr, request.scheme)))
        app.test_client().get("/healthz", headers=spoofed)

    assert seen == [("10.0.0.9", "https"), ("127.0.0.1", "http")]


def test_what_a_signed_in_person_sees_is_kept_by_their_browser_alone(visitor):
    visitor.sign_in(a_person())

    assert "private" in visitor.get("/").headers["Cache-Control"]
