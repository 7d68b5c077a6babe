"""A visitor who looks closely: every page fetched is checked for what every page owes."""

import re
from html.parser import HTMLParser

from markupsafe import escape

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
LEFTOVERS = re.compile(
    r'\{\{|\{%|%\(\w+\)|Text\(zh|LazyString|Undefined|lorem|(?-i:="None")', re.IGNORECASE
)


class Page(HTMLParser):
    """One page taken apart: its elements, their attributes and text."""

    def __init__(self, response):
        super().__init__()
        self.response, self.status = response, response.status_code
        self.html = response.get_data(as_text=True)
        self.elements, self._open = [], []
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "text": "", "in": [e["tag"] for e in self._open]} | dict(attrs)
        element["form"] = next((e for e in reversed(self._open) if e["tag"] == "form"), None)
        element["select"] = next((e for e in self._open if e["tag"] == "select"), None)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        while self._open and self._open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data

    def all(self, tag, **wanted):
        wanted = {name.rstrip("_"): value for name, value in wanted.items()}
        return [
            e
            for e in self.elements
            if e["tag"] == tag and all(e.get(n) == v for n, v in wanted.items())
        ]

    @property
    def text(self):
        return " ".join(self.all("body")[0]["text"].split())

    @property
    def heading(self):
        return self.all("h1")[0]["text"].strip()

    def problems(self):
        return [e["text"] for e in self.all("p") if "problem" in (e.get("class") or "").split()]

    def filled(self):
        """What the page's own form would send as it stands."""
        sent = {}
        for e in self.elements:
            if e["form"] is None or e["form"].get("action") is not None or "name" not in e:
                continue
            if e["tag"] == "textarea":
                sent[e["name"]] = e["text"].removeprefix("\n")
            elif e["tag"] == "select":
                sent[e["name"]] = self._chosen(e)
            elif e["tag"] == "input" and e.get("type") not in ("radio", "checkbox"):
                sent[e["name"]] = e.get("value", "")
            elif e["tag"] == "input" and "checked" in e:
                sent.setdefault(e["name"], []).append(e["value"])
        return sent

    def _chosen(self, select):
        """The option of a select that stands chosen: the first one where none is marked."""
        offered = [e for e in self.all("option") if e["select"] is select]
        return next((e["value"] for e in offered if "selected" in e), offered[0]["value"])

    def check(self, typed=""):
        """What every page owes; `typed` is a visitor's text that may look like a leftover."""
        titles = [e["text"] for e in self.all("title") if "head" in e["in"]]
        assert len(titles) == 1
        assert len(titles[0].split("·")[0].strip()) > 1
        assert len(self.all("h1")) == 1, [e["text"] for e in self.all("h1")]
        assert self.heading
        ours = self.html.replace(str(escape(typed)), "") if typed else self.html
        assert not LEFTOVERS.search(ours), LEFTOVERS.search(ours)
        ids = [e["id"] for e in self.elements if "id" in e]
        assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]
        for e in self.elements:
            assert "style" not in e, e
            assert not any(name.startswith("on") for name in e), e
            assert e["tag"] != "style"
            assert e["tag"] != "script" or e.get("src")
            self._check_labelled(e, set(ids))
        self._check_enter()
        return self

    def _check_enter(self):
        """Enter in a field presses the first button of its form: never one that only asks on."""
        pressed = {}
        for e in self.all("button", type="submit"):
            if e["form"]:
                pressed.setdefault(id(e["form"]), e)
        for e in pressed.values():
            assert "formnovalidate" not in e, e
            assert "more" not in (e.get("name"), (e.get("value") or "").partition(".")[0]), e

    def _check_labelled(self, e, ids):
        if e["tag"] not in ("input", "select", "textarea", "progress") or e.get("type") == "hidden":
            return
        named = any(label.get("for") == e.get("id") for label in self.all("label"))
        named = named or e.get("aria-label") or e.get("aria-labelledby") in ids
        assert named, f"unlabelled: {e}"
        for described in (e.get("aria-describedby") or "").split():
            assert described in ids, f"{described} describes {e} but is not there"


class Visitor:
    """A test client that hands out checked pages."""

    def __init__(self, client):
        self.client, self.typed = client, ""

    def get(self, path, status=200, **options):
        page = Page(self.client.get(path, follow_redirects=True, **options))
        assert page.status == status, (path, page.status, page.text[:400])
        return page.check(self.typed)

    def send(self, page, status=200, drop=(), **changes):
        """Send a page's form with `changes`; field names with dots come as a mapping `fields`."""
        fields = page.filled() | changes.pop("fields", {}) | changes
        for name in drop:
            fields.pop(name, None)
        path = page.response.request.path
        answer = Page(self.client.post(path, data=fields, follow_redirects=True))
        assert answer.status == status, (path, answer.status, answer.problems(), answer.text[:300])
        return answer.check(self.typed)
