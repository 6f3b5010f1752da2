"""Scripts as they are sent: shortened by a library that must not change what they say."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from marketplace.foundation.paths import static_folder

SCRIPTS = static_folder() / "js"
# They do their work as soon as they are read, and would do it twice; every other test of this folder needs them.
BEGIN_AT_ONCE = {"app.js", "offline/worker.js", "selling/shrink-worker.js"}
FOLDER = "() => document.querySelector(\"script[src*='/js-']\").src.replace(/app\\.js$/, '')"


def names_of_scripts() -> list[str]:
    names = {path.relative_to(SCRIPTS).as_posix() for path in SCRIPTS.rglob("*.js")}
    return sorted(names - BEGIN_AT_ONCE)


@pytest.fixture
def folder(phone_page: Page) -> str:
    """The address of the folder in which scripts are served."""
    phone_page.goto("/masuk")
    return phone_page.evaluate(FOLDER)


def test_every_script_is_understood_as_it_is_sent(phone_page, folder):
    understood = [
        name for name in names_of_scripts() if phone_page.evaluate("(it) => import(it)", folder + name) is not None
    ]

    assert understood == names_of_scripts()


def test_scripts_are_sent_without_the_comments_that_explain_them(phone_page, folder):
    name = "selling/drafts.js"
    sent = phone_page.request.get(folder + name).text()

    assert len(sent) < 0.8 * Path(SCRIPTS / name).stat().st_size
