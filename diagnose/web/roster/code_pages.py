"""Codes handed out: the page that asks, the letters to print, the list as an Excel file."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.jobs import start
from diagnose.records import Firm
from diagnose.web.access import actor, me, needs
from diagnose.web.choosing import carried
from diagnose.web.database import records
from diagnose.web.excel import EXCEL
from diagnose.web.roster.blueprint import blueprint
from diagnose.web.roster.chosen import chosen_firms
from diagnose.web.roster.forms import LettersForm
from diagnose.web.roster.inviting import (
    AT_ONCE,
    LETTERS,
    Invited,
    code_list,
    letters_pdf,
    make_codes,
    sorted_by_account,
)
from questionnaires.clock import today
from reports.letters import Letterhead

PRIVATE = "no-store"
CODE_MARK = "CODE-MARK"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@blueprint.post("/invite")
@needs(Capability.INVITE)
def invite() -> ResponseReturnValue:
    """Say what codes for the chosen firms would mean, and ask what the letters say."""
    invited = sorted_by_account(records(), chosen_firms(records(), me(), request.form))
    if not (invited.firms(active=True) or invited.closed):
        flash(_("Choose at least one firm."))
        return redirect(url_for("roster.browse"))
    kept = session.get("letterhead", {})
    form = LettersForm(
        formdata=None,
        firm=carried(invited.firms(active=True)),
        bureau=kept.get("bureau", ""),
        contact=kept.get("contact", ""),
    )
    return _page(form, invited)


@blueprint.post("/letters")
@needs(Capability.INVITE)
def letters() -> ResponseReturnValue:
    """Fresh codes for the chosen firms, each in a letter; many are written by a job."""
    form, invited = LettersForm(), _invited()
    firms = invited.firms(active=bool(form.active.data))
    if not form.validate_on_submit() or not firms:
        return _page(form, invited, nobody=not firms), 422
    head = _letterhead(form)
    if len(firms) > AT_ONCE:
        return _by_job(form, firms, head)
    made = make_codes(records(), firms, actor())
    content = letters_pdf(made, head, _link(), form.language.data)
    return _private(content, f"{LETTERS.to(form.language.data)}.pdf", "application/pdf")


@blueprint.post("/codes")
@needs(Capability.INVITE)
def codes() -> ResponseReturnValue:
    """Fresh codes for the chosen firms as an Excel list."""
    form, invited = LettersForm(), _invited()
    firms = invited.firms(active=bool(form.active.data))
    if not form.validate_on_submit() or not firms:
        return _page(form, invited, nobody=not firms), 422
    content = code_list(make_codes(records(), firms, actor()), form.language.data)
    return _private(content, f"{LETTERS.to(form.language.data)}.xlsx", EXCEL)


def _invited() -> Invited:
    return sorted_by_account(records(), chosen_firms(records(), me(), request.form))


def _letterhead(form: LettersForm) -> Letterhead:
    """What all letters share; kept for this officer's next ones."""
    bureau, contact = form.bureau.data.strip(), (form.contact.data or "").strip()
    session["letterhead"] = {"bureau": bureau, "contact": contact}
    address = url_for("accounts.activate", _external=True)
    return Letterhead(bureau, contact, me().district, address, today())


def _by_job(form: LettersForm, firms: list[Firm], head: Letterhead) -> ResponseReturnValue:
    arguments = {
        "firms": [firm.id for firm in firms],
        "bureau": head.bureau,
        "contact": head.contact,
        "address": head.address,
        "link": _link(),
        "language": form.language.data,
    }
    job = start(records(), me(), "letters", arguments)
    return redirect(url_for("jobs.show", job_id=job.id))


def _link() -> str:
    """The page of activation, “{code}” standing for a code."""
    return url_for("accounts.activate", code=CODE_MARK, _external=True).replace(CODE_MARK, "{code}")


def _page(form: LettersForm, invited: Invited, *, nobody: bool = False) -> str:
    address = url_for("accounts.activate", _external=True)
    return render_template(
        "roster/invite.html",
        form=form,
        invited=invited,
        nobody=nobody,
        address=address,
        local=urlsplit(address).hostname in LOOPBACK,
    )


def _private(content: bytes, name: str, kind: str) -> ResponseReturnValue:
    """A file with codes: no copy stays in the browser's cache."""
    answer = send_file(BytesIO(content), kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = PRIVATE
    return answer
