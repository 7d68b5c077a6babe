"""What a section's page of verification gives: confirmed, found otherwise, or left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage, MultiDict

from diagnose.records import Attachment, Known, Verification
from diagnose.web.assessments.fields import legibly
from diagnose.web.assessments.parsing import Given, gather, spoken
from diagnose.web.verification.sheets import Row, Verified
from questionnaires.model import Section
from questionnaires.text import Text

LONGEST = 2000
SEEN = "seen"
ALL = "confirm.*"

WHY = Text("改动答案须写明理由。", "Say why the answer is another one.")
TOO_LONG = Text(f"理由最多 {LONGEST} 字。", f"At most {LONGEST} characters.")
STILL_OPEN = Text(
    "请先勾选“属实”或填写核实的答案，再上传证据。",
    "Say that it holds, or what is true, and choose the file again.",
)
NO_TAKING_BACK = Text(
    "企业作过答，核实后不能留空；查不清的请选“不清楚”。",
    "The firm answered this; if it cannot be settled, choose “I do not know”.",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be kept of one question: `raw` as answer sheets hold it, None for “left open”."""

    raw: object
    changed: bool = False
    why: str = ""
    seen: bool = False
    attachment_id: int | None = None
    upload: FileStorage | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed beside a question, for the page to show again."""

    confirmed: bool
    why: str
    proof: str


@dataclass(frozen=True, slots=True)
class Brought:
    """The findings of a page, what is wrong, and what was typed, each by question."""

    findings: Mapping[str, Finding]
    problems: Mapping[str, Text]
    typed: Mapping[str, Typed]


def as_kept(row: Row) -> Typed:
    """What the page shows of a question as it is kept."""
    found = row.found
    if found is None:
        return Typed(False, "", "")
    proof = str(found.attachment_id) if found.attachment_id else SEEN if found.seen else ""
    return Typed(not found.changed, found.why, proof)


def read_brought(
    sheet: Verified,
    section: Section,
    given: Given,
    form: MultiDict[str, str],
    files: MultiDict[str, FileStorage],
) -> Brought:
    """The findings that a page gives; `then` may confirm all that the firm answered."""
    then = form.get("then", "")
    findings: dict[str, Finding] = {}
    problems = dict(given.problems)
    typed: dict[str, Typed] = {}
    for question in section.questions:
        row = sheet.rows[question.id]
        said = _typed(row, form, then)
        typed[question.id] = said
        if question.id in problems:
            continue
        finding, wrong = _settle(row, given.answers.get(question.id), said)
        upload = files.get(f"file.{question.id}") or None
        if finding.raw is None and upload:
            wrong = wrong or STILL_OPEN
        if wrong:
            problems[question.id] = wrong
        else:
            findings[question.id] = _proven(finding, row, said.proof, upload)
    return Brought(findings, problems, typed)


def _typed(row: Row, form: MultiDict[str, str], then: str) -> Typed:
    key = row.question.id
    at_once = then == ALL and row.own is not None
    return Typed(
        confirmed=f"confirm.{key}" in form or at_once,
        why=legibly(form.get(f"why.{key}", "")),
        proof=form.get(f"proof.{key}", ""),
    )


def _settle(row: Row, value: object, said: Typed) -> tuple[Finding, Text | None]:
    """What is found of one question: another answer counts before a tick."""
    if len(said.why) > LONGEST:
        return Finding(None), TOO_LONG
    if value != _own(row):
        if value is None:
            return Finding(None), NO_TAKING_BACK
        wrong = None if said.why else WHY
        return Finding(value, changed=True, why=said.why), wrong
    if said.confirmed and row.own is not None:
        return Finding(row.own, why=said.why), None
    return Finding(None), None


def _own(row: Row) -> object:
    """The firm's answer in the form in which the page's own fields give it."""
    question = row.question
    return gather([(question, spoken(row.own))]).answers.get(question.id)


def _proven(finding: Finding, row: Row, proof: str, upload: FileStorage | None) -> Finding:
    if finding.raw is None:
        return finding
    chosen = next((file.id for file in row.files if str(file.id) == proof), None)
    return Finding(
        finding.raw,
        finding.changed,
        finding.why,
        seen=proof == SEEN,
        attachment_id=chosen,
        upload=upload,
    )


def columns(finding: Finding) -> dict[str, object]:
    """The columns of a verification that hold what was found."""
    raw = finding.raw
    held = {
        "changed": finding.changed,
        "why": finding.why,
        "seen": finding.seen,
        "attachment_id": finding.attachment_id,
        "reason": "",
        "value": None,
    }
    if isinstance(raw, Mapping):
        return held | {"state": Known(raw["state"]).value, "reason": raw.get("reason", "")}
    return held | {"state": Known.ANSWERED.value, "value": raw}


def differs(found: Verification | None, finding: Finding) -> bool:
    """Whether keeping `finding` would change anything."""
    if finding.raw is None:
        return found is not None
    if found is None or finding.upload is not None:
        return True
    return any(getattr(found, name) != value for name, value in columns(finding).items())


def attach(finding: Finding, file: Attachment) -> Finding:
    """The finding with the file that proves it."""
    return Finding(
        finding.raw, finding.changed, finding.why, seen=finding.seen, attachment_id=file.id
    )
