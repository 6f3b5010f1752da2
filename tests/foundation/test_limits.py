"""How often one visitor may try the same thing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_limiter import RateLimitExceeded

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.application import close_application, new_application
from marketplace.foundation.limits import limiter
from tests.support.applications import settings_for_tests
from tests.support.ports import free_port


@pytest.fixture
def door(tmp_path) -> Iterator:
    """Opens a marketplace of one page that may be asked for twice a minute, with these settings."""
    before = vars(limiter).copy()
    yield lambda **settings: _one_page(new_application(settings_for_tests(tmp_path, **settings)))
    # There is one limiter in a process; the applications of other tests go on with theirs.
    vars(limiter).clear()
    vars(limiter).update(before)


def _one_page(app: Flask) -> FlaskClient:
    @app.get("/ketuk")
    @open_to(anyone)
    @limiter.limit("2 per minute")
    def knock():
        return "masuk", 200, {"Content-Type": "text/plain"}

    @app.get("/masuk", endpoint="accounts.sign_in")
    @app.get("/", endpoint="site.show_home")
    @open_to(anyone)
    def show_elsewhere():
        return ""

    app.register_error_handler(RateLimitExceeded, lambda error: ("terlalu sering", 429))
    close_application(app)
    return app.test_client()


def knock(visitor: FlaskClient, times: int, address: str = "10.0.0.1", **headers) -> list[int]:
    return [
        visitor.get("/ketuk", environ_base={"REMOTE_ADDR": address}, headers=headers).status_code for _ in range(times)
    ]


def test_a_visitor_who_tries_too_often_has_to_wait(door):
    assert knock(door(), 3) == [200, 200, 429]


def test_a_visitor_is_told_how_long_to_wait(door):
    visitor = door()
    knock(visitor, 2)

    answer = visitor.get("/ketuk", environ_base={"REMOTE_ADDR": "10.0.0.1"})

    assert 0 < int(answer.headers["Retry-After"]) <= 61


def test_one_visitor_does_not_use_up_the_tries_of_another(door):
    visitor = door()

    assert knock(visitor, 3, "10.0.0.1")[-1] == 429
    assert knock(visitor, 2, "10.0.0.2") == [200, 200]


def test_nobody_gets_new_tries_by_naming_another_address(door):
    visitor = door()

    assert [knock(visitor, 1, **{"X-Forwarded-For": f"10.9.9.{number}"})[0] for number in range(3)] == [200, 200, 429]


def test_behind_a_proxy_each_visitor_is_counted_alone(door):
    visitor = door(trusted_proxies=1)

    assert knock(visitor, 3, **{"X-Forwarded-For": "10.9.9.1"})[-1] == 429
    assert knock(visitor, 2, **{"X-Forwarded-For": "10.9.9.2"}) == [200, 200]
    assert knock(visitor, 1, **{"X-Forwarded-For": "10.9.9.3, 10.9.9.1"}) == [429]


def test_tries_are_still_counted_while_the_shared_counter_is_away(door):
    visitor = door(rate_limit_url=f"redis://127.0.0.1:{free_port()}")

    assert knock(visitor, 3) == [200, 200, 429]
