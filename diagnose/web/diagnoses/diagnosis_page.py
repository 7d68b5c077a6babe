"""All that the bureau's page of one diagnosis shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from diagnose.assigning.reading import leads, rooms
from diagnose.records import (
    Account,
    Attachment,
    Defect,
    Diagnosis,
    Firm,
    Interest,
    Kind,
    Provider,
    Purpose,
    Report,
    Review,
)
from diagnose.web.diagnoses.forms import (
    AssignForm,
    ExemptForm,
    MoveForm,
    ReasonForm,
    ReviewerForm,
)
from diagnose.web.roster.firm_file import latest_report
from diagnose.workflow import Move, lacking, moves_open
from questionnaires.text import Text

FORMS: dict[str, type[MoveForm]] = {
    "assign": AssignForm,
    "reassign": AssignForm,
    "exempt": ExemptForm,
    "accept_report": MoveForm,
}
"""The form that a move takes; the others ask for a reason alone."""

PLACES = {
    "assign": "assign",
    "reassign": "assign",
    "exempt": "exempt",
    "accept_report": "accept",
    "return_final": "return_",
}
"""The endpoint that makes a move; the others go to `make`."""

ASKED_IN_FORM = frozenset({"assign", "reassign", "exempt"})
"""Moves whose guards look at what the form itself brings."""


def prefix_of(move: str) -> str:
    """What the names of a move's fields begin with: a page holds the forms of several moves."""
    return "assign-" if move in {"assign", "reassign"} else f"{move}-"


@dataclass(frozen=True)
class Option:
    """A move open to the officer, its form, and what it still lacks."""

    move: Move
    form: MoveForm
    lacks: tuple[Text, ...]

    @property
    def endpoint(self) -> str:
        """Where its form is sent."""
        return f"diagnoses.{PLACES.get(self.move.id, 'make')}"


@dataclass(frozen=True)
class Desk:
    """One diagnosis with whom it concerns, its report, its reviews, and where it can go."""

    diagnosis: Diagnosis
    firm: Firm
    provider: Provider | None
    lead: Account | None
    interests: Sequence[tuple[str, str]]
    report: Report | None
    reviews: Sequence[tuple[Review, str]]
    defects: Sequence[Defect]
    proofs: Sequence[Attachment]
    options: tuple[Option, ...]
    reviewer_form: ReviewerForm | None

    @property
    def review(self) -> Review | None:
        """The review of the version issued last, where there is one."""
        report = self.report
        found = (r for r, _name in self.reviews if report and r.report_id == report.id)
        return next(found, None)


def lay_out(
    session: Session, officer: Account, diagnosis: Diagnosis, sent: MoveForm | None = None
) -> Desk:
    """The page's content; `sent` is a form that came back, shown with what was typed."""
    firm = session.get_one(Firm, diagnosis.firm_id)
    report = latest_report(session, diagnosis)
    reviews = _reviews(session, diagnosis)
    return Desk(
        diagnosis=diagnosis,
        firm=firm,
        provider=session.get(Provider, diagnosis.provider_id or 0),
        lead=session.get(Account, diagnosis.lead_id or 0),
        interests=_interests(session, firm),
        report=report,
        reviews=reviews,
        defects=_defects(session, reviews),
        proofs=_proofs(session, diagnosis),
        options=_options(session, officer, diagnosis, sent),
        reviewer_form=_reviewer_form(session, officer, diagnosis, sent),
    )


def reviewers(session: Session, officer: Account, diagnosis: Diagnosis) -> Sequence[Account]:
    """The reviewers of the district who do not work for the provider."""
    found = session.exec(
        select(Account)
        .where(
            Account.kind == Kind.REVIEWER,
            Account.district == officer.district,
            col(Account.active).is_(True),
        )
        .order_by(Account.name)
    )
    own = diagnosis.provider_id
    return [person for person in found if own is None or person.provider_id != own]


def _options(
    session: Session, officer: Account, diagnosis: Diagnosis, sent: MoveForm | None
) -> tuple[Option, ...]:
    options = []
    for move in moves_open(officer, diagnosis):
        form = sent if sent is not None and sent.move.data == move.id else _empty(move, diagnosis)
        if isinstance(form, AssignForm):
            form.offer(rooms(session), leads(session))
        asked = move.id in ASKED_IN_FORM
        lacks = () if asked else lacking(session, diagnosis, move.id, officer)
        options.append(Option(move, form, lacks))
    return tuple(options)


def _empty(move: Move, diagnosis: Diagnosis) -> MoveForm:
    kind = FORMS.get(move.id, ReasonForm)
    return kind(
        formdata=None,
        prefix=prefix_of(move.id),
        move=move.id,
        edition=diagnosis.edition,
        package=diagnosis.package,
    )


def _reviewer_form(
    session: Session, officer: Account, diagnosis: Diagnosis, sent: MoveForm | None
) -> ReviewerForm | None:
    if diagnosis.state != "in_review":
        return None
    form = sent if isinstance(sent, ReviewerForm) else None
    form = form or ReviewerForm(
        formdata=None, prefix="reviewer-", move="reviewer", edition=diagnosis.edition
    )
    form.offer(reviewers(session, officer, diagnosis))
    return form


def _reviews(session: Session, diagnosis: Diagnosis) -> Sequence[tuple[Review, str]]:
    return session.exec(
        select(Review, Account.name)
        .join(Account, col(Account.id) == Review.reviewer_id)
        .where(Review.diagnosis_id == diagnosis.id)
        .order_by(col(Review.id).desc())
    ).all()


def _defects(session: Session, reviews: Sequence[tuple[Review, str]]) -> Sequence[Defect]:
    numbers = [review.id for review, _name in reviews]
    return session.exec(
        select(Defect)
        .where(col(Defect.review_id).in_(numbers))
        .order_by(col(Defect.review_id).desc(), col(Defect.number))
    ).all()


def _interests(session: Session, firm: Firm) -> Sequence[tuple[str, str]]:
    return session.exec(
        select(Provider.name, Interest.note)
        .join(Interest, col(Interest.provider_id) == Provider.id)
        .where(Interest.firm_id == firm.id)
        .order_by(Provider.name)
    ).all()


def _proofs(session: Session, diagnosis: Diagnosis) -> Sequence[Attachment]:
    return session.exec(
        select(Attachment)
        .where(
            Attachment.diagnosis_id == diagnosis.id,
            Attachment.purpose == Purpose.PROOF,
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.id))
    ).all()
