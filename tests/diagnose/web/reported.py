"""A firm of the fictional district whose report was issued and sent: rows for tests."""

from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import select

from diagnose.fictional import district
from diagnose.records import (
    Account,
    Actor,
    Answer,
    Assessment,
    Diagnosis,
    Finding,
    Firm,
    Project,
    Report,
    Verification,
)
from diagnose.records.columns import now
from diagnose.reporting import dossier_of
from diagnose.workflow import Wanted, move
from reports.html import render
from tests.diagnose import people
from tests.diagnose.imported import import_district


@dataclass
class Sent:
    """Who and what a test begins with; ids, so that any session may load them."""

    firm: Firm
    account: Account
    diagnosis: Diagnosis
    report: Report
    assessment_id: int


def make_district(session, count=12):
    import_district(session, district(count).sheets)
    return session.exec(select(Firm).where(Firm.fictional).order_by(Firm.id)).all()


def make_own(session, firm):
    """The firm's own account and submitted assessment."""
    assessment = session.exec(select(Assessment).where(Assessment.firm_id == firm.id)).first()
    return people.make_account(session, "firm", firm_id=firm.id), assessment


def make_drafted(session, firm, assessment):
    """A diagnosis in its internal check: a verified answer, a finding, two projects."""
    provider = people.make_provider(session)
    lead = people.make_account(session, "consultant", provider_id=provider.id)
    diagnosis = people.make_diagnosis(
        session,
        firm,
        assessment_id=assessment.id,
        provider_id=provider.id,
        lead_id=lead.id,
        state="internal_check",
    )
    own = session.exec(
        select(Answer).where(
            Answer.assessment_id == assessment.id,
            Answer.question == "planning",
            Answer.state == "answered",
        )
    ).first()
    verified = {"state": "answered", "value": "a" if own is None or own.value != "a" else "b"}
    people.keep(
        session,
        Verification(
            assessment_id=assessment.id,
            question="planning",
            changed=True,
            why="现场没有见到规划文件",
            **verified,
        ),
    )
    for security in (False, True):
        people.keep(
            session,
            Finding(
                diagnosis_id=diagnosis.id,
                fact="办公网与生产网未隔离" if security else "派工靠纸质单据",
                evidence="一车间 2026-03-04 的派工单",
                effect_kind="time",
                effect="每班多用 40 分钟",
                cause_kind="process",
                security=security,
            ),
        )
    for position, (type_, name) in enumerate((("P01", "车间网络改造"), ("", "看板试点"))):
        people.keep(
            session,
            Project(
                diagnosis_id=diagnosis.id,
                firm_id=firm.id,
                type=type_,
                name=name,
                position=position,
                cost_low=5 if type_ else None,
                cost_mid=12 if type_ else None,
                cost_high=20 if type_ else None,
            ),
        )
    return diagnosis


def issue(session, store, diagnosis, version=1):
    """A frozen version with its Chinese page and a file."""
    dossier = dossier_of(session, diagnosis, now().date())
    files = {}
    for edition, content in (("zh.html", render(dossier, "zh").encode()), ("zh.pdf", b"%PDF-1.7")):
        key = f"reports/{diagnosis.number}/{version}/{edition}"
        store.put(key, content)
        files[edition] = {"key": key, "sha256": sha256(content).hexdigest(), "size": len(content)}
    return people.keep(
        session,
        Report(
            diagnosis_id=diagnosis.id,
            number=diagnosis.number.replace("ZD", "BG"),
            version=version,
            dated=now().date(),
            standard="sme-2024",
            standard_version="1.0.0",
            score=41.5,
            level=1,
            files=files,
        ),
    )


def send(session, diagnosis):
    move(session, diagnosis, Wanted("send"), None, Actor())
    session.commit()


def make_sent(session, store, firm):
    account, assessment = make_own(session, firm)
    diagnosis = make_drafted(session, firm, assessment)
    report = issue(session, store, diagnosis)
    send(session, diagnosis)
    return Sent(firm, account, diagnosis, report, assessment.id)
