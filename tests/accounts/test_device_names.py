"""Browsers are listed under the names that people call them by."""

import pytest

from marketplace.accounts.services.device_names import name_of_browser

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Linux; Android 14; SM-A055F) {CHROME} Mobile Safari/537.36", "Chrome di Android"),
        (
            f"Mozilla/5.0 (Linux; Android 14) {CHROME} SamsungBrowser/27.0 Mobile Safari/537.36",
            "Samsung Internet di Android",
        ),
        (f"Mozilla/5.0 (Linux; Android 12) {CHROME} Mobile Safari/537.36 OPR/85.0", "Opera di Android"),
        ("Mozilla/5.0 (Linux; U; Android 10) AppleWebKit/537.36 UCBrowser/13.4 Mobile", "UC Browser di Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox di Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/130.0", "Edge di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox di Linux"),
        ("Firefox/132.0", "Firefox"),
        ("curl/8.5", "Peramban lain"),
        ("", "Peramban lain"),
        ("\x00" * 5000 + "<script>", "Peramban lain"),
    ],
)
def test_a_browser_is_called_by_its_name_and_where_it_runs(user_agent, name):
    assert name_of_browser(user_agent) == name
