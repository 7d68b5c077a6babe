"""A diagnosis whose visit is done: sheet, verified answers, record, findings, plan."""

from datetime import timedelta
from types import SimpleNamespace

from sqlmodel import select

from diagnose.agenda import agenda_of
from diagnose.planning.filling import fill
from diagnose.reading import verifications
from diagnose.records import (
    Actor,
    Answer,
    Assessment,
    Attachment,
    Finding,
    FindingProject,
    Project,
    Verification,
    Visit,
    answer_row,
)
from diagnose.records.columns import now
from diagnose.reporting.gathering import gather
from diagnose.reporting.telling import automatic
from tests.diagnose.people import keep as keep_row
from tests.diagnose.people import (
    make_account,
    make_diagnosis,
    make_firm,
    make_provider,
)
from tests.reports.dossier.dossier_cases import MIDDLING, QUESTIONNAIRE

SAID = (
    "{name}机加工车间首检记录手写，抽查 {count} 张工单有 6 张没有签字",
    "{name}装配线每周盘点停产 {count} 小时，在制品数量只能靠数",
    "{name}办公网与生产网没有隔离，{count} 台机床可被任意电脑访问",
)


def make_sheet(session, firm, answers=MIDDLING):
    given = {q: a for q, a in answers.items() if a is not None}
    held = firm.model_dump(include={"name", "industry", "region", "employees", "revenue"})
    sheet = keep_row(
        session,
        Assessment(
            firm_id=firm.id,
            questionnaire=QUESTIONNAIRE.id,
            questionnaire_version=QUESTIONNAIRE.version,
            questionnaire_hash=QUESTIONNAIRE.hash,
            status="submitted",
            submitted_at=now() - timedelta(days=20),
            **held,
        ),
    )
    session.add_all(Answer(**answer_row(sheet.id, q, raw)) for q, raw in given.items())
    session.commit()
    return sheet


def attach(session, diagnosis, purpose, name="签字页.pdf", **changes):
    held = {"firm_id": diagnosis.firm_id, "diagnosis_id": diagnosis.id, "purpose": purpose}
    held |= {"name": name, "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    key = f"attachments/{diagnosis.id}-{purpose}-{name}-{changes.get('question', '')}"
    return keep_row(session, Attachment(key=key, **(held | changes)))


def verify(session, sheet, question, raw, why="", proof=None):
    row = answer_row(sheet.id, question, raw)
    session.add(
        Verification(**row, changed=bool(why), why=why, attachment_id=proof.id if proof else None)
    )


def make_visited(session, state="drafting", provider=None, words="", **changes):
    """A diagnosis of a firm with everything in place; its people and rows by name."""
    provider = provider or make_provider(session)
    lead = make_account(session, "consultant", provider_id=provider.id)
    colleague = make_account(session, "consultant", provider_id=provider.id)
    firm = make_firm(session, **changes)
    sheet = make_sheet(session, firm)
    diagnosis = make_diagnosis(
        session,
        firm,
        state=state,
        provider_id=provider.id,
        lead_id=lead.id,
        assessment_id=sheet.id,
        state_since=now() - timedelta(days=1),
    )
    attach(session, diagnosis, "confidentiality")
    scan = attach(session, diagnosis, "visit_record", "诊断记录.pdf")
    proof = attach(session, diagnosis, "evidence", "质量记录照片.jpg", question="scene_quality")
    session.add(_visit(diagnosis, scan, lead))
    verify(session, sheet, "network", ["a"], "生产区没有无线网络，只覆盖办公区", proof)
    for question in ("scene_quality", "planning", "mechanism", "talent", "funding", *_scenes(8)):
        verify(session, sheet, question, MIDDLING[question])
    session.commit()
    for entry in agenda_of(session, diagnosis).open(verifications(session, sheet.id)):
        verify(session, sheet, entry.question, MIDDLING[entry.question])
    session.commit()
    findings = _findings(session, diagnosis, words or firm.name)
    fill(session, diagnosis, _told(session, diagnosis), Actor())
    projects = session.exec(select(Project).where(Project.diagnosis_id == diagnosis.id)).all()
    for finding in findings:
        session.add(FindingProject(finding_id=finding.id, project_id=projects[0].id))
    session.commit()
    return SimpleNamespace(
        firm=firm,
        sheet=sheet,
        diagnosis=diagnosis,
        provider=provider,
        lead=lead,
        colleague=colleague,
        findings=findings,
        projects=projects,
    )


_TOLD = {}


def _told(session, diagnosis):
    """The system's own dossier, made once for the same answers and facts."""
    held = gather(session, diagnosis)
    key = (str(sorted(held.judged.items())), held.firm.employees, held.firm.revenue)
    if key not in _TOLD:
        _TOLD[key] = automatic(held)
    return _TOLD[key]


def _scenes(count):
    return [q for q in MIDDLING if q.startswith("scene_") and q != "scene_quality"][:count]


def _visit(diagnosis, scan, lead):
    begun = now() - timedelta(days=10)
    return Visit(
        diagnosis_id=diagnosis.id,
        planned_on=begun.date(),
        started_at=begun,
        ended_at=begun + timedelta(hours=6),
        place="后湖街道工业园 3 号",
        opening="说明目的、范围和保密要求",
        closing="通报初步发现",
        wishes="先解决在制品积压",
        limits="热处理车间检修，未进入",
        people=[
            {"side": "firm", "name": "王海", "department": "总经理办公室", "post": "总经理"},
            {"side": "provider", "name": lead.name, "department": "", "post": "组长"},
            {"side": "provider", "name": "赵倩", "department": "", "post": "诊断师"},
        ],
        interviews=[{"who": "生产部部长", "points": "插单多，每周重排两三次"}],
        workshops=[{"name": "机加工车间", "seen": "32 台机床，12 台联网"}],
        documents=[{"title": "设备台账", "kept": True}],
        scan_id=scan.id,
    )


def _findings(session, diagnosis, words):
    kinds = (("quality", "process"), ("time", "data"), ("safety", "system"))
    scenes = ("scene_quality", "scene_production", "")
    return [
        keep_row(
            session,
            Finding(
                diagnosis_id=diagnosis.id,
                position=at,
                scene=scenes[at],
                fact=said.format(name=words, count=20 + at),
                evidence="现场照片",
                effect_kind=kinds[at][0],
                effect="每月约 3 起返工",
                cause_kind=kinds[at][1],
                cause="要求没有写进工单",
                severity=3 - at,
                security=at == 2,
                questions=["scene_quality"],
            ),
        )
        for at, said in enumerate(SAID)
    ]
