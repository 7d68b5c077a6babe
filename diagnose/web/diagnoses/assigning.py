"""Many diagnoses assigned: chosen ones to one provider, or all that wait by a rule."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.assigning.placing import Placing, Room, Wish, place, told_apart
from diagnose.assigning.reading import interests, leads, rooms
from diagnose.assigning.searching import DiagnosisSearch
from diagnose.records import Diagnosis, Firm
from diagnose.web.access import me, needs
from diagnose.web.choosing import carried
from diagnose.web.database import records
from diagnose.web.diagnoses import operations
from diagnose.web.diagnoses.blueprint import blueprint
from diagnose.web.diagnoses.chosen import (
    AGAIN,
    Pair,
    assignable,
    chosen_diagnoses,
    key_of,
    move_for,
    wishes,
)
from diagnose.web.diagnoses.forms import MOST_ROOM, ManyForm, RuleForm, number_of
from diagnose.web.languages import told
from models.firms import industry_name

BY = ("region", "division")
PREVIEW, APPLY = "preview", "apply"


@blueprint.post("/assign")
@needs(Capability.ASSIGN)
def assign_many() -> ResponseReturnValue:
    """The chosen diagnoses to one provider: asked, previewed, then done."""
    pairs = assignable(chosen_diagnoses(records(), me(), request.form), again=True)
    if not pairs:
        flash(_("None of the chosen can be assigned from where it stands."))
        return redirect(url_for(".browse"))
    step = request.form.get("step", "")
    form = ManyForm() if step else ManyForm(formdata=None)
    form.diagnosis.data = carried(diagnosis for diagnosis, _firm in pairs)
    known = rooms(records())
    form.offer(known, leads(records()))
    if not step:
        return _many(form, pairs, known)
    if not form.validate_on_submit():
        return _many(form, pairs, known), 422
    if _lacks(form, pairs):
        return _many(form, pairs, known), 422
    placings = _placed(pairs, known, "", lambda _wish: (form.provider_id or 0,))
    if not _approved(placings):
        return _many(form, pairs, known, placings)
    outcome = operations.assign_placed(
        records(),
        _by_number(pairs),
        placings,
        package=(form.package.data or "").strip(),
        lead_id=form.lead_id,
        reason=(form.reason.data or "").strip(),
    )
    return _told(outcome, known)


@blueprint.route("/rule", methods=["GET", "POST"])
@needs(Capability.ASSIGN)
def rule() -> ResponseReturnValue:
    """All that waits to be assigned, by street or by trade: previewed, then done."""
    by = request.values.get("by", "")
    by = by if by in BY else BY[0]
    waiting = DiagnosisSearch(state="to_assign", sort="number")
    found = records().execute(waiting.ordered(me().district, Diagnosis, Firm))
    pairs: list[Pair] = [(row[0], row[1]) for row in found]
    form, known = RuleForm(), rooms(records())
    chosen = {key: request.form.get(f"rule-{key}", "") for key in _keys(pairs, by)}
    page = _rule_page(form, by, pairs, known, chosen)
    if request.method == "GET":
        return page(None)
    if not form.validate_on_submit():
        return page(None), 422
    placings = _placed(pairs, known, by, _by_rule(chosen, known))
    if not _approved(placings):
        return page(placings)
    outcome = operations.assign_placed(
        records(), _by_number(pairs), placings, package=(form.package.data or "").strip()
    )
    return _told(outcome, known)


def _placed(
    pairs: list[Pair], known: list[Room], by: str, choice: Callable[[Wish], tuple[int, ...]]
) -> list[Placing]:
    return place(wishes(pairs, by), known, interests(records(), me().district), choice)


def _approved(placings: list[Placing]) -> bool:
    """Whether just this was previewed; what changed since, on the page or in the house, is not."""
    if request.form.get("step") != APPLY:
        return False
    same = request.form.get("plan") == told_apart(placings)
    if not same:
        flash(_("This differs from what you saw. Look again, then assign."), "warn")
    return same


def _by_rule(chosen: dict[str, str], known: list[Room]) -> Callable[[Wish], tuple[int, ...]]:
    """What each street or trade was set to: one provider, whoever has most room, or nobody."""
    everybody = tuple(room.provider_id for room in known)

    def choose(wish: Wish) -> tuple[int, ...]:
        wanted = chosen.get(wish.key, "")
        if wanted == MOST_ROOM:
            return everybody
        number = number_of(wanted)
        return (number,) if number else ()

    return choose


def _lacks(form: ManyForm, pairs: list[Pair]) -> bool:
    if form.provider_id is None:
        form.provider.errors = [_("Choose a provider.")]
    again = any(move_for(diagnosis) == AGAIN for diagnosis, _firm in pairs)
    if again and not (form.reason.data or "").strip():
        form.reason.errors = [_("Some are taken from another provider; give the reason.")]
    return bool(form.provider.errors or form.reason.errors)


def _many(
    form: ManyForm, pairs: list[Pair], known: list[Room], placings: list[Placing] | None = None
) -> str:
    again = sum(move_for(diagnosis) == AGAIN for diagnosis, _firm in pairs)
    return render_template(
        "diagnoses/assign_many.html",
        form=form,
        pairs=_by_number(pairs),
        rooms=known,
        names=_names(known),
        placings=placings,
        plan=told_apart(placings) if placings is not None else "",
        again=again,
    )


def _rule_page(
    form: RuleForm, by: str, pairs: list[Pair], known: list[Room], chosen: dict[str, str]
) -> Callable[[list[Placing] | None], str]:
    def page(placings: list[Placing] | None) -> str:
        return render_template(
            "diagnoses/rule.html",
            form=form,
            by=by,
            keys=_keys(pairs, by),
            chosen=chosen,
            key_title=_key_title,
            pairs=_by_number(pairs),
            rooms=known,
            names=_names(known),
            placings=placings,
            plan=told_apart(placings) if placings is not None else "",
            most_room=MOST_ROOM,
        )

    return page


def _keys(pairs: list[Pair], by: str) -> dict[str, int]:
    """The streets or trades of what waits, with how many wait in each."""
    keys = sorted(key_of(firm, by) for _diagnosis, firm in pairs)
    return {key: keys.count(key) for key in dict.fromkeys(keys)}


def _key_title(by: str, key: str) -> str:
    if by == "division":
        return f"{key} {told(industry_name(key))}" if key else told(industry_name(""))
    return key or _("Street not given")


def _by_number(pairs: list[Pair]) -> dict[int, Pair]:
    return {diagnosis.id or 0: (diagnosis, firm) for diagnosis, firm in pairs}


def _names(known: list[Room]) -> dict[int, str]:
    return {room.provider_id: room.name for room in known}


def _told(outcome: operations.Outcome, known: list[Room]) -> ResponseReturnValue:
    """How it went: back to the list, or what was left out and why."""
    if not outcome.left_out:
        flash(_("%(count)s diagnoses assigned.", count=len(outcome.assigned)), "good")
        return redirect(url_for(".browse", state="assigned"))
    return render_template("diagnoses/assigned.html", outcome=outcome, names=_names(known))
