"""A visitor who reads strictly: any page that any test opens must be without fault."""

import contextvars
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from xml.etree.ElementTree import Element

from flask import Flask, Response, has_app_context, request_tearing_down
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.accounts.models import User
from marketplace.foundation.database import db
from tests.support.page_faults import list_faults, parse_page, words_of


class OpenedPage(Response):
    """An answer, with what a person finds on its page: `title`, `heading`, `words`, `links`."""

    @cached_property
    def parsed(self) -> tuple[Element, list[str]]:
        """The page as a tree, and the errors of its syntax."""
        return parse_page(self.text)

    @property
    def tree(self) -> Element:
        return self.parsed[0]

    @property
    def title(self) -> str:
        return words_of(self.tree.find("head/title"))

    @property
    def heading(self) -> str:
        return words_of(self.tree.find(".//h1"))

    @property
    def words(self) -> str:
        """Everything that can be read on the page, with single spaces."""
        return words_of(self.tree.find("body"))

    @property
    def links(self) -> dict[str, str]:
        """The address behind the words of each link; of two links with the same words the first."""
        anchors = reversed(self.tree.findall(".//a[@href]"))
        return {words_of(anchor): anchor.get("href") for anchor in anchors}

    @property
    def structured(self) -> list[dict]:
        """The JSON-LD blocks of the page."""
        blocks = self.tree.findall(".//script[@type='application/ld+json']")
        return [json.loads(block.text) for block in blocks]

    def meta(self, name: str) -> str | None:
        """Return what the page says about itself under this name or property, such as `og:image`."""
        for element in self.tree.findall("head/meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content")
        return None


class PageReader(FlaskClient):
    """The test client; each request has a context of its own, as on a server."""

    def __init__(self, application: Flask, _response_class=None, **options):
        super().__init__(application, OpenedPage, **options)

    def open(self, *arguments, **options) -> OpenedPage:
        """Send a request and refuse an answer with a fault, whatever the test is about."""
        if has_app_context():
            # What the test has built is there when the page looks for it.
            db.session.flush()
        with _leftovers() as left_over:
            # An empty context: inside the test's own, the request would share its session and its `g`.
            answer = contextvars.Context().run(super().open, *arguments, **options)
        assert not left_over, f"{answer.request.method} {answer.request.path} left changes uncommitted: {left_over}"
        if _is_readable_page(answer):
            tree, errors = answer.parsed
            faults = errors + list_faults(tree, answer.headers)
            assert not faults, f"{answer.request.path}:\n" + "\n".join(faults)
        return answer

    def sign_in(self, person: User) -> None:
        """Be this person from now on."""
        cookie = person.get_id()
        contextvars.Context().run(self._keep_in_session, _user_id=cookie, _fresh=True)

    def submit(self, path: str, on: str | None = None, **values) -> OpenedPage:
        """Fill in the form that sends to `path`, as it stands on the page `on` (the same path unless given)."""
        page = self.get(on or path)
        tokens = page.tree.findall(".//form[@method='post']//input[@name='csrf_token']")
        assert tokens, f"no form to send on {on or path}"
        return self.post(path, data={"csrf_token": tokens[0].get("value"), **values})

    def _keep_in_session(self, **values) -> None:
        with self.session_transaction() as session:
            session.update(values)


def _is_readable_page(answer: OpenedPage) -> bool:
    """Tell whether there is a page of ours to check: redirects carry one of the library, compressed ones are not read."""
    is_redirect = 300 <= answer.status_code < 400
    is_compressed = "Content-Encoding" in answer.headers
    return answer.mimetype == "text/html" and bool(answer.data) and not is_redirect and not is_compressed


@contextmanager
def _leftovers() -> Iterator[list[str]]:
    """Collect what a request leaves in its session: rows changed and not sent, or sent and not committed."""
    left_over: list[str] = []

    def remember_flush(session, _context):
        rows = [*session.new, *session.dirty, *session.deleted]
        session.info.setdefault("sent", []).extend(map(repr, rows))

    def remember_statement(state):
        if state.is_insert or state.is_update or state.is_delete:
            state.session.info.setdefault("sent", []).append(str(state.statement))

    def forget(session, *_transaction):
        session.info.pop("sent", None)

    def look(_app, **_details):
        if db.session.registry.has():
            session = db.session()
            left_over.extend(map(repr, [*session.new, *session.dirty, *session.deleted]))
            left_over.extend(session.info.get("sent", ()))

    listeners = {
        "after_flush": remember_flush,
        "do_orm_execute": remember_statement,
        "after_commit": forget,
        "after_soft_rollback": forget,
    }
    for name, listener in listeners.items():
        event.listen(Session, name, listener)
    try:
        with request_tearing_down.connected_to(look):
            yield left_over
    finally:
        for name, listener in listeners.items():
            event.remove(Session, name, listener)
