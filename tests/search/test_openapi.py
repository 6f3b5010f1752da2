"""The document for programs says what really happens: requests made from it are answered as it promises."""

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from marketplace.foundation.limits import limiter
from marketplace.search.api.parameters import PARAMETERS
from tests.search.market import a_market

DOCUMENT = "/api/v1/openapi.json"
REQUESTS = 150
# In seconds, for any one answer.
LONGEST_ANSWER = 1


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> Flask:
    app, _ = a_market(tmp_path_factory.mktemp("market"))
    return app


@pytest.fixture(scope="module")
def described(market) -> BaseSchema:
    return schemathesis.openapi.from_wsgi(DOCUMENT, market)


@pytest.fixture
def document(market) -> dict:
    return market.test_client().get(DOCUMENT).json


requests = schemathesis.pytest.from_fixture("described")


@requests.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_program_asks_is_answered_as_the_document_says(case):
    # Nobody has asked before.
    limiter.reset()
    response = case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        excluded_checks=[] if fits_together(case) else [positive_data_acceptance],
    )
    assert response.elapsed < LONGEST_ANSWER


def fits_together(case: Case) -> bool:
    """Tell whether the request keeps what the document can only say in words: which parameters need each other."""
    if case.meta.generation.mode is not GenerationMode.POSITIVE:
        return True
    asked = case.query or {}
    prices = [int(asked[name]) for name in ("harga-min", "harga-max") if name in asked]
    needs_position = asked.get("urut") == "terdekat" or "lat" in asked or "lng" in asked
    return prices == sorted(prices) and not (needs_position and not {"lat", "lng"} <= set(asked))


def test_it_is_a_valid_document(described):
    described.validate()


def test_it_says_where_to_ask_and_describes_every_parameter(document):
    parameters = document["paths"]["/api/v1/search"]["get"]["parameters"]

    assert document["servers"] == [{"url": "http://pasar.test"}]
    assert [parameter["name"] for parameter in parameters] == [parameter.name for parameter in PARAMETERS]
    assert all(parameter["description"].endswith(".") for parameter in parameters)
