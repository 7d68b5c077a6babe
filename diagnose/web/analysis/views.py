"""The district in figures: levels, groups, scenes, providers, streets, and all of it as Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.analysis.groups import Grouped, Ungrouped, group_district
from diagnose.analysis.levels import LEAST_INSIDE, LEAST_OUTSIDE, by_part, movement, whole
from diagnose.analysis.providers import provider_work
from diagnose.analysis.reading import Assessed, read_assessed
from diagnose.analysis.scenes import weakest_scenes
from diagnose.analysis.streets import side_by_side
from diagnose.reading import standard
from diagnose.records import Basis, note
from diagnose.web.access import actor, me, needs
from diagnose.web.analysis import words
from diagnose.web.analysis.blueprint import blueprint
from diagnose.web.analysis.exporting import Analysis, analysis_book
from diagnose.web.analysis.models import model_of
from diagnose.web.database import records
from diagnose.web.excel import send_excel
from diagnose.web.judging import size_name
from diagnose.web.languages import told
from models.firms import industry_name
from questionnaires.clock import today


@dataclass(frozen=True, slots=True)
class Asked:
    """Which year is looked at, and which earlier one it is compared with (None: there is none)."""

    held: Assessed
    year: int
    before: int | None
    day: date

    @property
    def now(self) -> Assessed:
        """The firms assessed in the year."""
        return self.held.of_year(self.year)


@blueprint.app_context_processor
def offer_words() -> dict[str, object]:
    """Let the pages of this area say their parts."""
    return {"said": words}


@blueprint.get("/")
@needs(Capability.ANALYSE)
def show() -> str:
    """Levels, self-assessed and verified, and how they moved."""
    asked = _asked()
    earlier = asked.before
    return render_template(
        "analysis/show.html",
        asked=asked,
        whole={basis: whole(asked.now, basis) for basis in Basis},
        parts={basis: by_part(asked.now, basis) for basis in Basis},
        moved={
            basis: movement(asked.held, basis, earlier, asked.year) for basis in Basis if earlier
        },
        names=[told(name) for name in standard().level_names],
    )


@blueprint.get("/groups")
@needs(Capability.ANALYSE)
def groups() -> str:
    """Groups of firms alike, and how firms moved between them."""
    asked = _asked()
    return render_template(
        "analysis/groups.html",
        asked=asked,
        found=_grouped(asked),
        industry_name=industry_name,
        size_name=size_name,
    )


@blueprint.get("/scenes")
@needs(Capability.ANALYSE)
def scenes() -> str:
    """The weakest scenes by industry."""
    asked = _asked()
    found = weakest_scenes(records(), asked.now)
    return render_template("analysis/scenes.html", asked=asked, found=found)


@blueprint.get("/providers")
@needs(Capability.ANALYSE)
def providers() -> str:
    """The quality of answers and of work by provider."""
    return render_template(
        "analysis/providers.html",
        asked=_asked(),
        works=provider_work(records(), me().district, today()),
    )


@blueprint.get("/streets")
@needs(Capability.ANALYSE)
def streets() -> str:
    """Streets and parks side by side."""
    asked = _asked()
    levels = {spread.key: spread for spread in by_part(asked.now, Basis.VERIFIED)["street"]}
    return render_template(
        "analysis/streets.html",
        asked=asked,
        streets=side_by_side(records(), me().district, today()),
        levels=levels,
    )


@blueprint.get("/export")
@needs(Capability.ANALYSE)
def export() -> ResponseReturnValue:
    """The whole analysis as Excel: for use inside, or only what may be given out."""
    asked, published = _asked(), request.args.get("view") == "published"
    session, district = records(), me().district
    found = Analysis(
        held=asked.held,
        year=asked.year,
        before=asked.before,
        grouped=None if published else _grouped(asked),
        scenes=weakest_scenes(
            session, asked.now, least=LEAST_OUTSIDE if published else LEAST_INSIDE
        ),
        works=() if published else provider_work(session, district, asked.day),
        streets=side_by_side(session, district, asked.day),
        day=asked.day,
        published=published,
    )
    note(session, actor(), "analysis.export", year=asked.year, published=published)
    session.commit()
    name = _("Analysis %(district)s %(day)s.xlsx", district=district, day=asked.day)
    return send_excel(analysis_book(found), name)


def _asked() -> Asked:
    """The year asked for, the latest by default, and the assessed year before it."""
    held = read_assessed(records(), me().district)
    wanted = request.args.get("year", "")
    known = [year for year in held.years if str(year) == wanted]
    year = known[0] if known else next(iter(held.years), today().year)
    earlier = [other for other in held.years if other < year]
    return Asked(held, year, earlier[0] if earlier else None, today())


def _grouped(asked: Asked) -> Grouped | Ungrouped:
    model = model_of(records(), asked.now)
    return group_district(records(), asked.held, model, asked.before, asked.year)
