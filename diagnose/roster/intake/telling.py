"""A plan in figures and samples, as plain values that a page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from diagnose.roster.intake.plan import CONTACTS, FACTS, Known, Plan
from diagnose.roster.intake.reading import in_full
from questionnaires.normal import shown

MOST = 50
MOST_BAD = 200
FIRST = 5
BRANCH = re.compile("分公司|分厂|分支机构")


def tell(plan: Plan) -> dict[str, Any]:
    """What the file would do: counts of all, samples of each kind."""
    return counts(plan) | {
        "rows": plan.rows,
        "same": plan.same,
        "entering": plan.entering,
        "unnamed": plan.unnamed,
        "fields": {name: plan.fields[name] for name in (*FACTS, *CONTACTS) if plan.fields[name]},
        "new_sample": _newcomers(plan),
        **_branches(plan),
        "changed_sample": [_changed(each) for each in plan.known[:MOST]],
        "left_sample": [{"name": each.name, "uscc": each.uscc} for each in plan.left[:MOST]],
        "stuck_sample": [
            {"name": each.name, "uscc": each.uscc, "why": _text(each.why)}
            for each in plan.stuck[:MOST]
        ],
        "bad_sample": [
            {
                "line": bad.line,
                "cells": [shown(in_full(cell)) for cell in bad.cells if cell not in ("", None)][:3],
                "wrong": [[wrong.heading, _text(wrong.reason)] for wrong in bad.wrong],
            }
            for bad in plan.bad[:MOST_BAD]
        ],
    }


def counts(plan: Plan) -> dict[str, int]:
    """The figures that must be the same when the file is taken over."""
    return {
        "added": plan.added,
        "changed": len(plan.known),
        "left": len(plan.left),
        "stuck": len(plan.stuck),
        "bad": len(plan.bad),
    }


def _newcomers(plan: Plan) -> list[dict[str, str]]:
    if not plan.added:
        return []
    pairs = zip(plan.new["name"][:MOST], plan.new["uscc"][:MOST], strict=True)
    return [{"name": name, "uscc": uscc} for name, uscc in pairs]


def _branches(plan: Plan) -> dict[str, Any]:
    """The new firms whose name says that they are a branch, which no code does."""
    found = [name for name in plan.new.get("name", ()) if BRANCH.search(name)]
    return {"branches": len(found), "branch_sample": found[:FIRST]}


def _changed(known: Known) -> dict[str, Any]:
    return {
        "name": known.row["name"],
        "uscc": known.row["uscc"],
        "entering": not known.row["on_roster"],
        "fields": [[name, known.row[name], value] for name, value in known.differing.items()],
    }


def _text(text: Any) -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}
