"""Naughty texts in every text of the programme: on all pages, in all files, shown and not run.

Texts are written into the records as forms keep them; what forms do with them is asked in
`test_naughty_pages.py`. A page with naughty texts has the same elements as one with plain ones.
"""

import re
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from sqlmodel import col, select

from diagnose import records as tables
from diagnose.access import capabilities
from diagnose.records.roster import RosterEvent, RosterImport, Tag
from diagnose.web.access import API, needed
from tests.browser.tour import HTML
from tests.diagnose.people import sign_in
from tests.diagnose.web.along import Along
from tests.diagnose.web.pages import Page
from tests.diagnose.web.worlds import WORDS

SHORT = "=1+1<b>'\"&%s"
NAUGHTY = SHORT + "{{7*7}}]]><script>alert(1)</script>%d\u202e\u200b𬺓𠀀😀;--DROP"
PLAIN = "甲"
KEPT = "=1+1"  # what is looked for in a file: every one of them begins so
SHOWN = re.compile(r"=1\+1")
LONGER = ("/administration/log", "/work/reports/{diagnosis_id}/draft")
"""What has more elements for a reason: each look is logged, a chart breaks long names."""

FIELDS = {
    tables.Campaign: ("name", "signed_bureau", "signed_statistics"),
    tables.Need: ("name", "content", "filing", "outcome"),
    tables.Census: ("pledged_by",),
    tables.Project: ("name", "content", "because", "acceptance", "reason", "progress_note"),
    tables.Finding: ("fact", "evidence", "effect", "cause"),
    tables.Contract: ("number", "supplier", "filing", "owner", "change"),
    tables.Month: ("live", "trouble", "ahead"),
    tables.Acceptance: ("summary", "site", "finance", "reason", "experts"),
    tables.Figure: ("name", "unit", "formula", "evidence"),
    tables.Benchmark: ("story", "site", "objections", "reason"),
    tables.Copy: ("note",),
    tables.SupplyLink: ("supplies", "target"),
    tables.TaskPlan: ("title", "document"),
    tables.Task: ("number", "clause", "title", "indicator", "unit", "lead"),
    tables.TaskLetter: ("reason", "answer"),
    tables.Publication: ("foreword",),
    tables.SubsidyPlan: ("name",),
    tables.Firm: ("name", "region"),
    tables.Provider: ("name",),
    tables.Account: ("name",),
    RosterEvent: ("reason", "proof", "asked_by"),
    RosterImport: ("name",),
}


@pytest.fixture
def own(session):
    """Streets are named before anything is read: a panel of the roster is kept by its last ids."""
    made = Along(session, "江岸区")
    for tag in session.exec(select(Tag)):
        tag.name = f"{NAUGHTY}{tag.id}"
    session.commit()
    return made


@pytest.fixture
def write(session):
    """Write a text into every field, as long as it may be; rows stay apart by their id."""

    def fill(typed):
        for table, names in FIELDS.items():
            for row in session.exec(select(table)):
                for name in names:
                    most = getattr(col(getattr(table, name)).type, "length", None) or 200
                    setattr(row, name, f"{typed[: most - 6]}{row.id:06d}")
        session.commit()

    return fill


def addresses(app, own, who):
    account, build = own.accounts[who], app.url_map.bind("localhost").build
    ids = WORDS | own.world.ids(account.kind)
    rules = (rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(API))
    return own.starts[who] + [
        build(rule.endpoint, {name: ids[name] for name in rule.arguments})
        for rule in rules
        if "GET" in rule.methods and needed(app, rule.endpoint) in capabilities(account.kind)
    ]


def shape(page):
    return [element["tag"] for element in page.elements]


@pytest.mark.parametrize("who", ["firm", "supplier", "consultant", "officer"])
def test_pages_and_files_show_naughty_texts_as_texts(app, own, write, who):
    client, ways = app.test_client(), dict.fromkeys(addresses(app, own, who))
    for way in LONGER:
        ways.pop(way.format(**own.rows), None)
    sign_in(client, own.accounts[who])
    write(PLAIN)
    before = {way: client.get(way, follow_redirects=True) for way in ways}
    write(NAUGHTY)
    wrong, shown, held = [], 0, 0
    for way, plain in before.items():
        answer = client.get(way, follow_redirects=True)
        if answer.mimetype == HTML:
            page = Page(answer)
            page.html = page.html.replace("{{7*7}}", "")  # what was typed, not what was left over
            shown += bool(SHOWN.search(page.check().text))
            same = shape(page) == shape(Page(plain))
        else:
            held += bool(SHOWN.search(told_in(answer)))
            same = answer.mimetype == plain.mimetype
        wrong += [] if same and answer.status_code == plain.status_code else [way]
    assert wrong == []
    assert shown > 5
    assert held > (5 if who == "officer" else -1)


def told_in(answer):
    """The text of a file; a workbook may hold no formula."""
    content = answer.get_data()
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    names = ZipFile(BytesIO(content)).namelist()
    if "word/document.xml" in names:
        return "".join(Document(BytesIO(content)).element.itertext())
    for name in names:
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in ZipFile(BytesIO(content)).read(name), name
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)


LEDGERS = {path.stem for path in files("diagnose.ledgers").joinpath("columns").iterdir()}
EMPTY = {"findings"}  # holds those of accepted reports only
LETTERHEAD = {"bureau": NAUGHTY, "contact": NAUGHTY}


def test_files_that_are_made_hold_naughty_texts(app, own, write):
    client, number = app.test_client(), own.rows["publication_id"]
    sign_in(client, own.accounts["officer"])
    write(NAUGHTY)
    meta = Page(client.get("/account/privacy")).all("meta", name="csrf-token")[0]

    def send(path, **fields):
        return client.post(path, data=fields | {"csrf_token": meta["content"]})

    silent = set()
    for ledger in sorted(LEDGERS):
        answer = send(f"/ledgers/{ledger}/download")
        assert answer.status_code == 200, ledger
        silent |= set() if SHOWN.search(told_in(answer)) else {ledger}
    assert silent == EMPTY
    letter = send(f"/tasks/letters/{own.rows['letter_id']}", **LETTERHEAD)
    assert told_in(letter).count(KEPT) > 3
    for kind in ("excel", "pdf"):
        job = send(f"/pool/year/{kind}", year="2026").location
        assert SHOWN.search(told_in(client.get(f"{job}/result"))), kind
    assert send(f"/bulletins/{number}/issue", sure="y").status_code == 302
    page = Page(client.get(f"/bulletins/{number}"))
    ways = [e["href"] for e in page.all("a") if f"/{number}/files/" in e.get("href", "")]
    assert len(ways) > 3
    assert any(SHOWN.search(told_in(client.get(way))) for way in ways)
