"""Tables of the database, by noun (maturity and statistical models live in `models`)."""

from diagnose.records.account import Account, AccountEntry, Activation, Kind
from diagnose.records.answer import Answer, Known, answer_row
from diagnose.records.assessment import Assessment, Status
from diagnose.records.attachment import Attachment, Purpose
from diagnose.records.audit import Actor, AuditEntry, AuditHead, note
from diagnose.records.benchmark import (
    Benchmark,
    BenchmarkKind,
    BenchmarkStage,
    Copy,
    Naming,
    SupplyLink,
)
from diagnose.records.campaign import (
    Campaign,
    CampaignEntry,
    CampaignFirm,
    CampaignStage,
    CampaignTarget,
)
from diagnose.records.consent import Consent, Use
from diagnose.records.database import connect
from diagnose.records.diagnosis import CLOSED, Diagnosis
from diagnose.records.finding import Cause, Effect, Finding, FindingEntry
from diagnose.records.firm import Firm, FirmEntry, FirmFacts
from diagnose.records.job import Job, Stand
from diagnose.records.judgement import Basis, Judgement
from diagnose.records.migrating import upgrade
from diagnose.records.need import Census, CensusStage, Need, NeedEntry, NeedStage
from diagnose.records.project import FindingProject, Origin, Project, ProjectEntry, Stage
from diagnose.records.provider import Interest, Provider, ProviderEntry
from diagnose.records.publication import Publication, PublicationKind, Rating
from diagnose.records.report import Remark, Report
from diagnose.records.retrofit import (
    Acceptance,
    Contract,
    ContractEntry,
    Figure,
    FigureEntry,
    Month,
    MonthEntry,
    Verdict,
)
from diagnose.records.review import Decision, Defect, Review
from diagnose.records.roster import (
    Change,
    Ground,
    Honour,
    Listing,
    RosterEvent,
    RosterImport,
    Spell,
    Tag,
    TagKind,
    Transfer,
)
from diagnose.records.stay import Stay
from diagnose.records.subsidy import SubsidyPlan
from diagnose.records.task import Task, TaskEntry, TaskLetter, TaskPlan, TaskStage
from diagnose.records.token import Token
from diagnose.records.verification import Verification
from diagnose.records.visit import Person, Visit

__all__ = [
    "CLOSED",
    "Acceptance",
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
    "Benchmark",
    "BenchmarkKind",
    "BenchmarkStage",
    "Campaign",
    "CampaignEntry",
    "CampaignFirm",
    "CampaignStage",
    "CampaignTarget",
    "Cause",
    "Census",
    "CensusStage",
    "Change",
    "Consent",
    "Contract",
    "ContractEntry",
    "Copy",
    "Decision",
    "Defect",
    "Diagnosis",
    "Effect",
    "Figure",
    "FigureEntry",
    "Finding",
    "FindingEntry",
    "FindingProject",
    "Firm",
    "FirmEntry",
    "FirmFacts",
    "Ground",
    "Honour",
    "Interest",
    "Job",
    "Judgement",
    "Kind",
    "Known",
    "Listing",
    "Month",
    "MonthEntry",
    "Naming",
    "Need",
    "NeedEntry",
    "NeedStage",
    "Origin",
    "Person",
    "Project",
    "ProjectEntry",
    "Provider",
    "ProviderEntry",
    "Publication",
    "PublicationKind",
    "Purpose",
    "Rating",
    "Remark",
    "Report",
    "Review",
    "RosterEvent",
    "RosterImport",
    "Spell",
    "Stage",
    "Stand",
    "Status",
    "Stay",
    "SubsidyPlan",
    "SupplyLink",
    "Tag",
    "TagKind",
    "Task",
    "TaskEntry",
    "TaskLetter",
    "TaskPlan",
    "TaskStage",
    "Token",
    "Transfer",
    "Use",
    "Verdict",
    "Verification",
    "Visit",
    "answer_row",
    "connect",
    "note",
    "upgrade",
]
