"""The web service: pages and forms."""

from __future__ import annotations

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from diagnose.jobs import open_desk
from diagnose.records import connect
from diagnose.records.migrating import is_current
from diagnose.settings import Settings
from diagnose.storage import Store
from diagnose.web import (
    access,
    database,
    errors,
    headers,
    judging,
    languages,
    limits,
    navigation,
    tracing,
    uploading,
)
from diagnose.web.areas import open_areas


class DatabaseOutdatedError(RuntimeError):
    """The database has not seen every migration of this version."""


def create_app(settings: Settings) -> Flask:
    """The service for one deployment, ready to answer requests."""
    settings.ready()
    app = Flask(__name__, instance_path=str(settings.instance))
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SECOND_FACTOR_REQUIRED=settings.require_second_factor,
        MAX_CONTENT_LENGTH=1 << 20,
        API_PER_MINUTE=settings.api_per_minute,
        MOST_BYTES_A_FIRM=settings.firm_files_mb << 20,
        # A sheet may lie open for days before it is saved; its token lives as long as its session.
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    tracing.trace(app, settings)
    engine = connect(settings.database_url)
    if not is_current(engine):
        raise DatabaseOutdatedError("The database is not up to date. Run: diagnose upgrade")
    Bootstrap5(app)
    headers.harden(app, settings)
    database.attach(app, engine)
    store = Store(settings.reports_url)
    app.extensions["store"] = store
    app.extensions["desk"] = open_desk(settings.queue_url, engine, store, app.app_context)
    access.guard(app)
    uploading.make_room(app)
    limits.count_tries(app, settings)
    CSRFProtect(app)
    navigation.navigate(app)
    languages.speak(app, settings.locale)
    judging.name_things(app)
    errors.handle(app)
    open_areas(app)
    return app
