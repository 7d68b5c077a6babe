"""What kinds and stages of benchmark projects are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from diagnose.records import BenchmarkKind, BenchmarkStage
from diagnose.web.benchmarks.blueprint import blueprint

KINDS: Mapping[str, LazyString] = {
    BenchmarkKind.WORKSHOP: _l("Digital workshop"),
    BenchmarkKind.FACTORY: _l("Smart factory"),
    BenchmarkKind.SCENE: _l("Single scene"),
    BenchmarkKind.CHAIN: _l("Supply chain"),
    BenchmarkKind.SERVICE: _l("Service-oriented manufacturing"),
    BenchmarkKind.AI: _l("Artificial intelligence"),
}
STAGES: Mapping[str, LazyString] = {
    BenchmarkStage.PROPOSED: _l("proposed"),
    BenchmarkStage.SCORED: _l("scored"),
    BenchmarkStage.CHECKED: _l("checked on site"),
    BenchmarkStage.PUBLISHED: _l("public notice"),
    BenchmarkStage.CHOSEN: _l("chosen"),
    BenchmarkStage.REFUSED: _l("not chosen"),
    BenchmarkStage.REVOKED: _l("revoked"),
}


@blueprint.app_template_global("benchmark_kind")
def kind_title(kind: str) -> str:
    """What a kind is called."""
    return str(KINDS[BenchmarkKind(kind)])


@blueprint.app_template_global("benchmark_stage")
def stage_title(stage: str) -> str:
    """What a stage is called."""
    return str(STAGES[BenchmarkStage(stage)])
