"""Conversion of diagnoses into projects, and what money and levels came of it."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.coverage.counting import tenths
from diagnose.retrofits import LIFE
from diagnose.retrofits.conversion import count_conversion, count_raised
from diagnose.retrofits.outcomes import by_type, count_effects
from diagnose.web.access import me, needs
from diagnose.web.database import records
from diagnose.web.pool.blueprint import blueprint
from diagnose.web.retrofits.words import type_name
from questionnaires.clock import today


@blueprint.get("/conversion")
@needs(Capability.POOL)
def conversion() -> str:
    """The share of firms whose diagnosis led to a contract, and what came of the projects."""
    counted = count_conversion(records(), me().district, today())
    return render_template(
        "pool/conversion.html",
        counted=counted,
        types=by_type(counted.projects),
        type_name=type_name,
        effects=count_effects(records(), me().district, counted.day),
        raised=count_raised(records(), me().district),
        months=LIFE.rules.conversion_months,
        tenths=tenths,
    )
