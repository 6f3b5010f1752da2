"""Every visit of these tests is watched: nothing that the browser complains of, and nobody else who is asked."""

import pytest

from tests.support.browsers import visit

INLINE_SCRIPT = """() => {
  const script = document.createElement("script")
  script.textContent = "window.ran = true"
  document.body.append(script)
}"""
FOREIGN_PICTURE = """() => {
  const picture = new Image()
  picture.src = "http://pictures.test/one.png"
  document.body.append(picture)
}"""


@pytest.mark.parametrize(
    ("misdeed", "complaint"),
    [
        (INLINE_SCRIPT, "Content Security Policy"),
        (FOREIGN_PICTURE, "pictures.test"),
        ("() => { location.href = 'http://localhost:9/' }", "asked for http://localhost:9/"),
        ("() => fetch('/foto/not-there.webp')", "404"),
        (
            "() => new Promise((done) => { setTimeout(done); throw new Error('out of order') }).catch(reportError)",
            "order",
        ),
    ],
    ids=["inline-script", "foreign-picture", "other-site", "missing-file", "broken-script"],
)
def test_a_visit_in_which_a_page_misbehaves_is_refused(browser, live_server, misdeed, complaint):
    with pytest.raises(AssertionError, match=complaint), visit(browser, live_server) as page:
        page.goto("/masuk")
        page.evaluate(misdeed)
        page.wait_for_timeout(100)


def test_a_page_that_is_missing_may_say_so(browser, live_server):
    with visit(browser, live_server) as page:
        page.goto("/kios-yang-pindah")
