"""Settings and the API are documented, all of them, and the examples are true."""

import json
import re
from pathlib import Path

import pytest

from diagnose.settings import Settings
from diagnose.tokens import GRANTABLE
from diagnose.web.api.resources import RESOURCES
from diagnose.web.api.shapes import SheetPut
from diagnose.web.apierrors import SAID, ErrorReply

DOCS = Path(__file__).parents[2] / "docs"


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_on_the_operators_page(name):
    rows = [row for row in page("operator.md").splitlines() if f"`DIAGNOSE_{name.upper()}`" in row]
    row = next(row for row in rows if row.startswith("|"))
    assert name == "instance" or f"| `{name}` |" in row


@pytest.mark.parametrize("one", RESOURCES, ids=lambda one: f"{one.method} {one.path}")
def test_every_resource_is_on_the_page_of_the_api(one):
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", one.path)
    [row] = [r for r in page("api.md").splitlines() if f"`{one.method} /api/v1{path}`" in r]
    assert f"| `{one.needs.value}` |" in row


def test_every_capability_and_error_code_is_on_the_page_of_the_api():
    text = page("api.md")
    for kind, granted in GRANTABLE.items():
        for one in granted:
            assert f"| `{one.value}` | {kind.value}s |" in text
    for status, (code, _) in SAID.items():
        assert re.search(rf"\| {status} \| `{code}`", text), status


def test_the_examples_have_the_shapes_they_show():
    sheet, error = re.findall(r"(?ms)^```json\n(.*?)^```", page("api.md"))
    assert SheetPut.model_validate_json(sheet).edition == 3
    reply = json.loads(error)
    assert ErrorReply.model_validate(reply).model_dump() == reply
