"""Tables of the database, by noun (maturity and statistical models live in `models`)."""

from diagnose.records.account import Account, AccountEntry, Activation, Kind
from diagnose.records.answer import Answer, Known, answer_row
from diagnose.records.assessment import Assessment, Status
from diagnose.records.attachment import Attachment, Purpose
from diagnose.records.audit import Actor, AuditEntry, AuditHead, note
from diagnose.records.consent import Consent, Use
from diagnose.records.database import connect
from diagnose.records.diagnosis import CLOSED, Diagnosis
from diagnose.records.finding import Cause, Effect, Finding, FindingEntry
from diagnose.records.firm import Firm, FirmEntry, FirmFacts
from diagnose.records.job import Job, Stand
from diagnose.records.judgement import Basis, Judgement
from diagnose.records.migrating import upgrade
from diagnose.records.project import FindingProject, Origin, Project, ProjectEntry, Stage
from diagnose.records.provider import Interest, Provider, ProviderEntry
from diagnose.records.report import Remark, Report
from diagnose.records.review import Decision, Defect, Review
from diagnose.records.token import Token
from diagnose.records.verification import Verification
from diagnose.records.visit import Person, Visit

__all__ = [
    "CLOSED",
    "Account",
    "AccountEntry",
    "Activation",
    "Actor",
    "Answer",
    "Assessment",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Basis",
    "Cause",
    "Consent",
    "Decision",
    "Defect",
    "Diagnosis",
    "Effect",
    "Finding",
    "FindingEntry",
    "FindingProject",
    "Firm",
    "FirmEntry",
    "FirmFacts",
    "Interest",
    "Job",
    "Judgement",
    "Kind",
    "Known",
    "Origin",
    "Person",
    "Project",
    "ProjectEntry",
    "Provider",
    "ProviderEntry",
    "Purpose",
    "Remark",
    "Report",
    "Review",
    "Stage",
    "Stand",
    "Status",
    "Token",
    "Use",
    "Verification",
    "Visit",
    "answer_row",
    "connect",
    "note",
    "upgrade",
]
