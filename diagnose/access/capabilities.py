"""Capabilities: what may be done here, and which kind of account may do it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from diagnose.records import Kind


class Capability(StrEnum):
    """One thing that may be done; whatever is not granted is denied."""

    OWN_ACCOUNT = "account.own"
    FILL = "sheet.fill"
    RESULT = "result.read"
    CONFIRM = "report.confirm"
    DECIDE = "plan.decide"
    OWN_LOG = "log.own"
    WORK = "diagnosis.work"
    CHECK = "report.check"
    REVIEW = "report.review"
    ROSTER = "roster.read"
    ROSTER_CHANGE = "roster.change"
    ASSIGN = "diagnosis.assign"
    ACCEPT = "diagnosis.accept"
    COVERAGE = "coverage.read"
    SHORT_REPORT = "report.short"
    INVITE = "account.invite"
    CAMPAIGNS = "campaign.manage"
    NEEDS = "need.read"
    POOL = "project.follow"
    SUBSIDISE = "subsidy.plan"
    BENCHMARKS = "benchmark.choose"
    CHAINS = "chain.manage"
    TASKS = "task.follow"
    LEDGERS = "ledger.export"
    PUBLISH = "figure.publish"
    ANALYSE = "district.analyse"
    CENSUS = "census.fill"
    RETROFIT = "project.own"
    SUPPLY = "supply.own"
    TOKENS = "token.own"
    LOG = "log.read"
    MANAGE = "account.manage"


_OWN = {Capability.OWN_ACCOUNT}

CAPABILITIES: Mapping[Kind, frozenset[Capability]] = MappingProxyType(
    {
        Kind.FIRM: frozenset(
            _OWN
            | {
                Capability.FILL,
                Capability.RESULT,
                Capability.CONFIRM,
                Capability.DECIDE,
                Capability.OWN_LOG,
                Capability.CENSUS,
                Capability.RETROFIT,
                Capability.SUPPLY,
                Capability.TOKENS,
            }
        ),
        Kind.CONSULTANT: frozenset(_OWN | {Capability.WORK, Capability.CHECK}),
        Kind.REVIEWER: frozenset(_OWN | {Capability.REVIEW}),
        Kind.OFFICER: frozenset(
            _OWN
            | {
                Capability.ROSTER,
                Capability.ROSTER_CHANGE,
                Capability.ASSIGN,
                Capability.ACCEPT,
                Capability.COVERAGE,
                Capability.SHORT_REPORT,
                Capability.INVITE,
                Capability.CAMPAIGNS,
                Capability.NEEDS,
                Capability.POOL,
                Capability.SUBSIDISE,
                Capability.BENCHMARKS,
                Capability.CHAINS,
                Capability.TASKS,
                Capability.LEDGERS,
                Capability.PUBLISH,
                Capability.ANALYSE,
                Capability.TOKENS,
                Capability.LOG,
            }
        ),
        Kind.ADMINISTRATOR: frozenset(_OWN | {Capability.MANAGE, Capability.LOG}),
    }
)


def capabilities(kind: str) -> frozenset[Capability]:
    """What an account of this kind may do."""
    return CAPABILITIES[Kind(kind)]
