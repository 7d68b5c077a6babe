"""The firm among its peers: group, why it belongs there, ranks, or why there are none."""

from __future__ import annotations

from math import isnan

from models.peers import CIRCLES, LEVEL, SHARE, Grouping
from models.peers.standing import LEAST
from questionnaires.text import Text
from reports.dossier.case import Case, listed
from reports.dossier.model.findings import Peers, RankRow, ReasonRow
from reports.phrases import Phrasebook

say = Phrasebook("findings")

REASONS = 5


def tell_peers(case: Case) -> Peers:
    """Whatever is honest to say: group and ranks, ranks alone, or neither."""
    batch = case.batch
    if batch.membership is None or batch.standing is None:
        return _without(say("peers.absent"))
    if not case.answered:
        return _without(say("peers.none_answered"))
    second = case.second if case.group is not None and case.between else None
    ranks = _ranks(case)
    return Peers(
        lead=(*_place(case), *_circle_lead(case)),
        group=case.group.name if case.group else None,
        second=second.name if second else None,
        reasons=_reasons(case),
        circle=case.circle if ranks else None,
        others=int(batch.standing.peers[case.row]) if ranks else 0,
        ranks=ranks,
        note=say("peers.note"),
    )


def _without(sentence: Text) -> Peers:
    return Peers((sentence,), None, None, (), None, 0, (), say("peers.note"))


def _place(case: Case) -> list[Text]:
    """Where the firm belongs, and what marks that group."""
    group, grouping, membership = case.group, case.reference.grouping, case.batch.membership
    if group is None or membership is None:
        return _unplaced(case, grouping)
    said = [say("peers.group", group=group.name, size=group.size)]
    titles = {feature.id: feature.title for feature in case.reference.standard.features}
    for id_, marked in (("strong", group.strong), ("weak", group.weak)):
        if features := [titles[feature] for feature in marked]:
            said.append(say(f"peers.{id_}", features=listed(features)))
    if case.between and case.second is not None:
        said.append(say("peers.between", group=group.name, second=case.second.name))
    if not membership.reliable[case.row]:
        said.append(say("peers.unreliable"))
    return said


def _unplaced(case: Case, grouping: Grouping | None) -> list[Text]:
    """Why the firm is in no group, and what it is compared with instead."""
    said = []
    if grouping is not None and grouping.found:
        said.append(say("peers.not_placed"))
    elif grouping is not None:
        said.append(say("peers.no_groups", why=grouping.why))
    if case.nearest is not None:
        said.append(say("peers.nearest", count=len(case.nearest)))
    return said


def _circle_lead(case: Case) -> list[Text]:
    standing = case.batch.standing
    if standing is None or case.circle is None:
        return [say("peers.suppressed", least=LEAST)]
    said = [say("peers.ranked", circle=case.circle, others=int(standing.peers[case.row]))]
    narrowest = CIRCLES.index("division+size") if case.group is None else 0
    if int(standing.circle[case.row]) > narrowest:
        said.append(say("peers.widened"))
    return said


def _ranks(case: Case) -> tuple[RankRow, ...]:
    standing = case.batch.standing
    if standing is None or case.circle is None:
        return ()
    parts = case.reference.standard.parts
    titles = (say("peers.score"), *(part.title for part in parts))
    fulls = (case.reference.full, *(float(part.full) for part in parts))
    points = (case.score, *(float(value) for value in case.scores.parts[case.row]))
    return tuple(
        RankRow(
            id=measure,
            title=titles[at],
            points=points[at],
            full=fulls[at],
            rank=_known(standing.rank[case.row, at]),
            median=_known(standing.median[case.row, at]),
        )
        for at, measure in enumerate(standing.measures)
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else round(float(value), 3)


def _reasons(case: Case) -> tuple[ReasonRow, ...]:
    grouping, traits = case.reference.grouping, case.batch.traits
    if grouping is None or traits is None or case.group is None:
        return ()
    titles = {feature.id: feature.title for feature in case.reference.standard.features}
    titles |= {LEVEL: say("peers.level"), SHARE: say("peers.share")}
    named = {"group": case.group.name, "second": case.second.name if case.second else ""}
    rows = []
    for reason in grouping.reasons(traits, case.row)[:REASONS]:
        title = titles[reason.feature]
        side = "for" if reason.weight >= 0 else "against"
        phrase = f"peers.reason_{side}" + ("" if case.second else "_alone")
        rows.append(ReasonRow(title, reason.weight, say(phrase, feature=title, **named)))
    return tuple(rows)
