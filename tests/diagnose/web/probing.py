"""Forms as somebody sees them who means harm: whatever a page offers, sent with anything."""

from contextlib import closing
from dataclasses import dataclass
from sqlite3 import connect
from urllib.parse import urlsplit

from sqlmodel import SQLModel

from tests.browser.tour import HTML, own
from tests.diagnose.web.pages import Page

ENTERED = ("input", "select", "textarea")
SEVERAL = ("checkbox", "radio")
LOGGED = ("auditentry",)  # a refusal is written there, and nothing else


@dataclass(frozen=True)
class Field:
    """`offered`: what it holds or lets choose, what stands chosen first."""

    name: str
    kind: str
    offered: tuple[str, ...]

    @property
    def chooses_rows(self):
        """Whether a number in it may be the id of a row."""
        rows = any(value and value.replace(",", "").isdecimal() for value in self.offered)
        return rows and self.kind in ("select", "hidden", *SEVERAL) and "edition" not in self.name


@dataclass(frozen=True)
class Form:
    action: str
    fields: tuple[Field, ...]
    buttons: tuple[tuple[str, str], ...]

    def sent(self):
        """Every field filled as it stands, every box ticked."""
        filled = {f.name: f.offered[0] for f in self.fields if f.offered and f.kind != "file"}
        return filled | {f.name: list(f.offered) for f in self.fields if f.kind == "checkbox"}


def forms_of(page):
    """The forms of a page that change something; a button that sends elsewhere is one too."""
    here = page.response.request.full_path.rstrip("?")
    for form in page.all("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        inside = [e for e in page.elements if e["form"] is form]
        buttons = [e for e in inside if e["tag"] == "button"]
        for action in {e.get("formaction") or form.get("action") for e in buttons}:
            named = tuple((e["name"], e.get("value", "")) for e in buttons if "name" in e)
            yield Form(own(here, action or here), tuple(_fields(page, inside)), named)


def _fields(page, inside):
    found = {}
    for e in inside:
        if e["tag"] not in ENTERED or "name" not in e or e["name"] == "csrf_token":
            continue
        kind = e.get("type", "text") if e["tag"] == "input" else e["tag"]
        earlier = found[e["name"]].offered if e["name"] in found and kind in SEVERAL else ()
        found[e["name"]] = Field(e["name"], kind, _offered(page, e) + earlier)
    return found.values()


def _offered(page, e):
    if e["tag"] == "select":
        options = [o for o in page.all("option") if o["select"] is e]
        return tuple(o.get("value", "") for o in sorted(options, key=lambda o: "selected" not in o))
    return (e["text"].strip("\n") if e["tag"] == "textarea" else e.get("value", ""),)


def forms_met(app, client, addresses):
    """One of each kind of form on pages, by the endpoint it is sent to and its fields."""
    routes, found = app.url_map.bind("localhost"), {}
    for address in addresses:
        answer = client.get(address, follow_redirects=True)
        for form in forms_of(Page(answer)) if answer.mimetype == HTML else ():
            endpoint = routes.match(urlsplit(form.action).path, method="POST")[0]
            names = tuple(field.name for field in form.fields)
            found.setdefault((endpoint, names, form.buttons), form)
    return {f"{kind[0]} {at}": form for at, (kind, form) in enumerate(found.items())}


class Kept:
    """The rows of a database file: kept, compared and brought back."""

    def __init__(self, path):
        self.path, self.rows, self.file = path, all_rows(path), connect(":memory:")
        with closing(connect(path)) as live:
            live.backup(self.file)

    def changed(self):
        """Rows that are new, other or gone, by table and id; None for what is gone."""
        now = all_rows(self.path)
        return {
            key: now.get(key)
            for key in now.keys() | self.rows.keys()
            if now.get(key) != self.rows.get(key)
        }

    def bring_back(self):
        with closing(connect(self.path)) as live:
            self.file.backup(live)


def all_rows(path):
    """Every row but the log's, by table and id."""
    with closing(connect(path)) as live:
        live.row_factory = lambda cursor, row: dict(
            zip((d[0] for d in cursor.description), row, strict=True)
        )
        return {
            (table.name, row.get("id") or tuple(row.items())): row
            for table in SQLModel.metadata.sorted_tables
            if table.name not in LOGGED
            for row in live.execute(f'SELECT * FROM "{table.name}"')
        }


def leads_to(table, row):
    """The rows that a row names by its foreign keys."""
    keys = SQLModel.metadata.tables[table].foreign_keys
    return {(key.column.table.name, row[key.parent.name]) for key in keys}
