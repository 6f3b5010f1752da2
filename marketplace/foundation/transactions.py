"""The one place that commits: a request is one transaction, a command is one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, g, request

from marketplace.foundation.database import READING_METHODS, db


def commit_once_per_request(app: Flask) -> None:
    """Commit a write that succeeded; undo everything else."""

    @app.after_request
    def finish_transaction(response):
        if request.method in READING_METHODS:
            return response
        if response.status_code >= 400 or g.get("nothing_is_written"):
            db.session.rollback()
            return response
        if not g.get("form_was_checked"):
            # Without this a view could forget its form, and another site could make a visitor's browser write here.
            raise RuntimeError(f"{request.endpoint} writes without a form that checked its CSRF token")
        _commit()
        return response


def write_nothing() -> None:
    """Let this request end without a commit, also when its answer is no error."""
    g.nothing_is_written = True


def begin_anew() -> None:
    """End what this request has only read so far, so that it holds nobody up: the next statement begins anew."""
    db.session.rollback()


def after_commit(effect: Callable[[], None]) -> None:
    """Do something that cannot be rolled back once the transaction is safely in the database.

    The effect must close over plain values: rows may have expired by then.
    """
    db.session.info.setdefault("effects_after_commit", []).append(effect)


@contextmanager
def committed() -> Iterator[None]:
    """Run a command as one transaction: commit at its end, undo all of it when it raises."""
    try:
        yield
        _commit()
    except BaseException:
        db.session.info.pop("effects_after_commit", None)
        db.session.rollback()
        raise


def _commit() -> None:
    effects = db.session.info.pop("effects_after_commit", [])
    db.session.commit()
    for effect in effects:
        effect()
