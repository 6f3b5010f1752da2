"""Putting an application together: what must stand before the features, and what checks them afterwards."""

from flask import Flask

from marketplace.config import Settings
from marketplace.foundation import (
    access,
    assets,
    caching,
    clock,
    converters,
    database,
    error_pages,
    formatting,
    forms,
    icons,
    limits,
    logging,
    page_meta,
    paths,
    phones,
    security,
    storage,
    templates,
    trailing_slashes,
    transactions,
)


def new_application(settings: Settings) -> Flask:
    """Return an application with everything that features stand on, and no feature yet."""
    app = Flask("marketplace", template_folder=str(paths.templates_folder()), static_folder=None)
    app.extensions["settings"] = settings
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    converters.read_addresses_strictly(app)
    templates.prepare_templates(app)
    # Handlers of answers run in reverse: the log, registered first, sees what is really sent.
    logging.write_request_log(app)
    security.guard_cookies(app)
    caching.answer_not_modified(app)
    database.connect(app)
    access.remember_visitors(app)
    forms.refuse_endless_forms(app)
    limits.limit_visitors(app)
    transactions.commit_once_per_request(app)
    error_pages.show_errors_in_indonesian(app)
    trailing_slashes.forgive_trailing_slashes(app)
    assets.serve_static_files(app)
    formatting.offer_to_templates(app)
    icons.offer_to_templates(app)
    storage.keep_files(app)
    security.send_security_headers(app)
    app.jinja_env.globals.update(
        absolute_url=page_meta.absolute_url,
        config_source_url=settings.source_url,
        today=clock.today,
        way_back=page_meta.way_back,
        whatsapp_url=phones.whatsapp_url,
    )
    return app


def close_application(app: Flask) -> None:
    """Check what every feature has to declare; from here on nothing is added."""
    access.guard_every_page(app)
