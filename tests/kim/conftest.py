"""Every test begins with all tries left: the limiter counts in the memory of the process."""

import pytest

from marketplace.foundation.limits import limiter


@pytest.fixture(autouse=True)
def all_tries_left(app) -> None:
    limiter.reset()
