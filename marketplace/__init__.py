"""Pasar KIM: the marketplace of East Java's villages."""

import os

from flask import Flask

from marketplace import pages
from marketplace.accounts import sessions
from marketplace.config import Settings
from marketplace.foundation.application import close_application, new_application
from marketplace.photos import addresses
from marketplace.regions import emblem
from marketplace.search.find import engine
from marketplace.search.index import store


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; without settings those that the environment gives."""
    app = new_application(settings or Settings.from_environment(os.environ))
    sessions.recognise_people(app)
    emblem.offer_to_templates(app)
    store.keep_index(app)
    engine.keep_engine(app)
    app.jinja_env.globals.update(photo_url=addresses.photo_url, photo_srcset=addresses.srcset)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for group in pages.COMMANDS:
        app.cli.add_command(group)
    close_application(app)
    return app
