"""Whether the service is well."""

from __future__ import annotations

from http import HTTPStatus

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import ServiceUnavailable

from diagnose.web.access import public
from diagnose.web.database import records
from diagnose.web.headers import over_http_too
from diagnose.web.health.blueprint import blueprint


@blueprint.get("/healthz")
@public
@over_http_too
def show() -> ResponseReturnValue:
    """Whether the database answers, for whatever watches this service; no details."""
    try:
        records().exec(text("SELECT 1"))  # type: ignore[call-overload]  # no table is asked
    except (DBAPIError, ServiceUnavailable):
        return jsonify(status="unavailable"), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ok")
