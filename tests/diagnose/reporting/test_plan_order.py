"""What is wrong with a plan: prerequisites and costs."""

from diagnose.planning import costs_in_order, follow, unmet_needs
from diagnose.reading import judge
from diagnose.records import Project
from diagnose.reporting.gathering import gather
from diagnose.reporting.order import plan_faults
from diagnose.reporting.telling import in_place
from tests.diagnose.diagnosed import make_visited


def project(id_, type_, year=1, position=0, costs=(1, 2, 3)):
    low, mid, high = costs
    return Project(
        id=id_, diagnosis_id=1, firm_id=1, type=type_, name=type_ or "自拟", year=year,
        position=position, cost_low=low, cost_mid=mid, cost_high=high,
    )  # fmt: skip


def test_a_prerequisite_counts_from_before_or_from_what_the_firm_has():
    catalogue = judge().catalogue
    needing = next(p for p in catalogue.projects if p.needs and p.needs[0].least == 1)
    first = needing.needs[0].of[0]
    others = {id_ for need in needing.needs[1:] for id_ in need.of}
    assert 1 in unmet_needs(catalogue, [project(1, needing.id)], others)
    assert unmet_needs(catalogue, [project(1, needing.id)], {first, *others}) == {}
    early = [project(1, needing.id, 2), project(2, first, 1)]
    assert unmet_needs(catalogue, early, others) == {}
    late = [project(1, needing.id, 1), project(2, first, 2)]
    assert unmet_needs(catalogue, late, others)[1][0].late == (first,)
    same = [project(1, needing.id, 1, 1), project(2, first, 1, 0)]
    assert unmet_needs(catalogue, same, others) == {}


def test_costs_are_three_and_rise():
    assert costs_in_order(project(1, "", costs=(1, 1, 1)))
    assert not costs_in_order(project(1, "", costs=(1, None, 3)))
    assert not costs_in_order(project(1, "", costs=(3, 2, 1)))


def test_following_the_systems_own_plan_gives_its_points(session):
    held = make_visited(session)
    gathered = gather(session, held.diagnosis)
    sheets = gathered.sheet(gathered.judged)
    own = judge().planner.plan(sheets, 0)
    followed = follow(judge().planner, sheets, 0, gathered.projects)
    assert followed.roadmap.score_after == own.score_after
    assert [p.id for p in followed.roadmap.projects] == [p.id for p in own.projects]
    assert [p.gain for p in followed.roadmap.projects] == [p.gain for p in own.projects]


def test_a_second_of_a_type_and_an_own_project_get_ids_of_their_own(session):
    held = make_visited(session)
    gathered = gather(session, held.diagnosis)
    first = gathered.projects[0]
    rows = [*gathered.projects, project(901, first.type, 2, 50), project(902, "", 3, 51)]
    followed = follow(judge().planner, gathered.sheet(gathered.judged), 0, rows)
    assert followed.ids[901] == "own-901"
    assert followed.ids[902] == "own-902"
    assert {p.id for p in followed.roadmap.projects} >= {first.type, "own-901", "own-902"}


def test_the_faults_of_a_plan_are_named_until_a_reason_is_given(session):
    held = make_visited(session)
    assert plan_faults(session, held.diagnosis) == ()
    catalogue, there = judge().catalogue, in_place(gather(session, held.diagnosis))
    planned = {p.type for p in held.projects}
    wanting = next(
        p
        for p in catalogue.projects
        if any(len({*n.of} & (there | planned)) < n.least for n in p.needs)
    )
    row = Project(
        diagnosis_id=held.diagnosis.id, firm_id=held.firm.id, type=wanting.id,
        name=wanting.name.zh, cost_low=1.0, cost_mid=2.0, cost_high=3.0, position=99,
    )  # fmt: skip
    session.add(row)
    session.commit()
    assert [fault.zh for fault in plan_faults(session, held.diagnosis)] == [
        f"“{wanting.name.zh}”缺前置条件且没有说明理由"
    ]
    row.override = "供应商已具备接口"
    session.add(row)
    session.commit()
    assert plan_faults(session, held.diagnosis) == ()
