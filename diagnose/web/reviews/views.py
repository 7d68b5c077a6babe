"""Reviews: the queue of a reviewer, and one review."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.reviews.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.REVIEW)
def queue() -> ResponseReturnValue:
    """What waits for the reviewer, and what is done."""
    return render_template("reviews/queue.html")


@blueprint.get("/<int:review_id>")
@needs(Capability.REVIEW)
def show(review_id: int) -> ResponseReturnValue:  # noqa: ARG001
    """One review."""
    return redirect(url_for(".queue"))
