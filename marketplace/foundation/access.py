"""Who may enter which page: every view says so, and the application does not start while one does not."""

from collections.abc import Callable
from typing import Protocol

from flask import Flask, Response, flash, g, redirect, request, url_for
from flask_login import AnonymousUserMixin, LoginManager, current_user

from marketplace.foundation.database import READING_METHODS, reading
from marketplace.foundation.errors import NotAllowed, SignInNeeded
from marketplace.foundation.transactions import begin_anew, write_nothing


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in."""

    is_console = False


login_manager = LoginManager()
login_manager.anonymous_user = Visitor
login_manager.login_view = "accounts.sign_in"
login_manager.login_message = "Masuk dulu untuk membuka halaman itu."
MESSAGE_AFTER_WRITING = "Belum terkirim, karena Anda belum masuk. Masuk dulu, lalu kirim sekali lagi."


class Actor(Protocol):
    """Whoever does something: a signed-in person, a visitor, or the operator at the console."""

    is_authenticated: bool
    is_console: bool


class Console:
    """The operator who runs commands on the server; they hold the database already, so they may do everything."""

    is_authenticated = True
    is_console = True
    name = "Konsol server"


CONSOLE = Console()


def has_account() -> bool:
    """Tell whether whoever asks for this page has signed in; most visitors send no cookie and are told at once."""
    return bool(request.cookies) and not g.get("nobody_is_looked_up") and current_user.is_authenticated


def look_nobody_up() -> None:
    """Show the rest of this answer as to a visitor: the database, which knows the accounts, may be what has failed."""
    g.nobody_is_looked_up = True


Rule = Callable[[Actor], bool]


def anyone(visitor: Actor) -> bool:
    """Admit everybody."""
    return True


def signed_in(visitor: Actor) -> bool:
    """Admit people who have signed in."""
    return visitor.is_authenticated


def open_to(rule: Rule):
    """Declare who may enter a view: `anyone`, `signed_in`, or a policy that takes only the visitor."""

    def declare(view):
        view.admits = rule
        return view

    return declare


def remember_visitors(app: Flask) -> None:
    """Know who is signed in; templates ask `current_user` and `has_account` where they need to."""
    login_manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals.update(current_user=current_user, has_account=has_account)


def guard_every_page(app: Flask) -> None:
    """Check, before each request, the rule that its view declared; refuse to start when a view has none."""
    views = app.view_functions
    undeclared = sorted(name for name, view in views.items() if not hasattr(view, "admits"))
    if undeclared:
        raise RuntimeError(f"views without @open_to: {', '.join(undeclared)}")

    @app.before_request
    def admit_visitor():
        view = views.get(request.endpoint)
        # Pages open to anyone are most of the traffic: they need not look at who asks.
        if view is None or view.admits is anyone:
            return None
        with reading():
            is_admitted = view.admits(current_user)
        if is_admitted:
            if request.method not in READING_METHODS:
                # What is sent may take minutes to arrive, and on SQLite nobody else would write meanwhile.
                begin_anew()
            return None
        if current_user.is_authenticated:
            raise NotAllowed
        if getattr(view, "answers_in_json", False):
            raise SignInNeeded
        return _ask_to_sign_in()


def _ask_to_sign_in() -> Response:
    if request.method in READING_METHODS:
        return login_manager.unauthorized()
    # An address that was written to is no page to go on to afterwards.
    write_nothing()
    flash(MESSAGE_AFTER_WRITING)
    return redirect(url_for(login_manager.login_view), 303)
