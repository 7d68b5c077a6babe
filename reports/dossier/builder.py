"""Builds dossiers: what all share is made once, each firm takes a few milliseconds."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from models.peers import Grouping
from models.roadmap import Catalogue
from models.scoring import Scorer
from questionnaires.text import Text
from reports.dossier.actions import tell_actions
from reports.dossier.appendices import tell_answers, tell_estimates, tell_method, tell_notice
from reports.dossier.basis import tell_basis
from reports.dossier.batch import Batch
from reports.dossier.case import Case
from reports.dossier.consulted import with_consulted
from reports.dossier.cover import tell_cover
from reports.dossier.gaps import tell_gaps
from reports.dossier.investment import tell_investment
from reports.dossier.model.appendices import Method
from reports.dossier.model.dossier import Dossier
from reports.dossier.peers import tell_peers
from reports.dossier.plan import tell_plan
from reports.dossier.problems import tell_problems
from reports.dossier.profile import tell_profile
from reports.dossier.reference import Reference
from reports.dossier.result import tell_result
from reports.dossier.summary import tell_summary
from reports.dossier.visit import tell_visit
from reports.phrases import Phrasebook

say = Phrasebook("front")


class DossierBuilder:
    """Builds the dossiers of any number of firms judged by one standard.

    `catalogue` is that of the roadmaps and `grouping` that of the memberships; both None where
    the diagnosis did not go that far. `fictional` stamps every page as fictional.
    """

    def __init__(
        self,
        scorer: Scorer,
        catalogue: Catalogue | None = None,
        grouping: Grouping | None = None,
        *,
        fictional: bool = False,
    ) -> None:
        self._reference = Reference(scorer, catalogue, grouping)
        self._stamp: Text | None = say("cover.fictional") if fictional else None

    @cached_property
    def _method(self) -> Method:
        return tell_method(self._reference.standard)

    def build(self, batch: Batch, row: int, day: date) -> Dossier:
        """The dossier of the firm at `row`, its report bearing the date `day`."""
        case = Case(self._reference_for(batch), batch, row, day)
        basis, result, problems = tell_basis(case), tell_result(case), tell_problems(case)
        plan, investment, actions = tell_plan(case), tell_investment(case), tell_actions(case)
        return Dossier(
            cover=tell_cover(case, self._stamp),
            summary=tell_summary(case, basis, result, problems, plan, investment, actions),
            profile=tell_profile(case),
            basis=basis,
            result=result,
            peers=tell_peers(case),
            gaps=tell_gaps(case),
            problems=problems,
            plan=plan,
            investment=investment,
            actions=actions,
            answers=tell_answers(case),
            method=self._method,
            estimates=tell_estimates(case),
            notice=tell_notice(case),
            visit=None if batch.visited is None else tell_visit(case, batch.visited),
        )

    def _reference_for(self, batch: Batch) -> Reference:
        """The shared reference; where consultants made the plan, with their projects in it."""
        shared = self._reference
        if batch.visited is None or shared.catalogue is None:
            return shared
        catalogue = with_consulted(shared.catalogue, batch.visited.projects)
        return Reference(shared.scorer, catalogue, shared.grouping)
