"""The areas of the service, each a folder with its pages."""

from __future__ import annotations

from flask import Flask

from diagnose.web import (
    accounts,
    administration,
    api,
    assessments,
    attachments,
    confirmations,
    coverage,
    diagnoses,
    disclosure,
    findings,
    firms,
    health,
    issuing,
    jobs,
    languages,
    offline,
    plans,
    projects,
    results,
    reviews,
    roster,
    start,
    tokens,
    verification,
    visits,
    worklist,
)

AREAS = (
    start,
    accounts,
    firms,
    assessments,
    attachments,
    offline,
    results,
    confirmations,
    plans,
    disclosure,
    worklist,
    visits,
    verification,
    findings,
    projects,
    issuing,
    reviews,
    roster,
    diagnoses,
    coverage,
    administration,
    jobs,
    tokens,
    api,
    health,
    languages,
)


def open_areas(app: Flask) -> None:
    """Register every area's pages."""
    for area in AREAS:
        app.register_blueprint(area.blueprint)
