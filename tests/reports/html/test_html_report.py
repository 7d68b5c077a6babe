"""The report as a page: whole, in order, escaped, the same each time."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from questionnaires.text import LANGUAGES
from reports.dossier.model.visit import VisitPart
from reports.html import STYLES, article_of, fragment, render
from tests.reports.dossier.dossier_cases import texts
from tests.reports.dossier.test_visited import dossier as visited_dossier
from tests.reports.dossier.test_visited import planner
from tests.reports.pdf.factory import make

__all__ = ["planner", "visited_dossier"]

VOID = {"meta", "link", "br", "img", "hr", "input"}
ODD = "<b>&amp;</b>𠮷野家😀㈱&<i>“引号”{{ 7 * 7 }}</article>"
STRENGTHS = ("weak", "middling", "strong", "empty")


class Parsed(HTMLParser):
    """A page taken apart: elements, text without what only machines read, well-nestedness."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return squeezed("".join(self.words))


def squeezed(text):
    return "".join(text.split())


def parsed(strength, language):
    return Parsed(render(make(strength, "武汉江岸精密机械有限公司"), language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_headings_go_down_one_step_at_a_time(strength, language):
    levels = [int(tag[1]) for tag, _ in parsed(strength, language).elements if tag in HEADS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_ - level <= 1 for level, next_ in pairwise(levels))


HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_tables_charts_and_regions_are_named_and_nothing_is_inline(strength, language):
    found = parsed(strength, language)
    tags = [tag for tag, _ in found.elements]
    assert tags.count("caption") == tags.count("table")
    assert tags.count("title") - 1 == tags.count("svg")
    for tag, attrs in found.elements:
        assert "style" not in attrs
        assert not any(name.startswith("on") for name in attrs)
        assert tag not in {"script", "link", "img", "iframe"}
        if tag == "th":
            assert attrs.get("scope") in {"col", "row", "rowgroup"}
        if attrs.get("role") == "region":
            assert attrs["aria-label"]
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {attrs["aria-labelledby"] for _, attrs in found.elements if "aria-labelledby" in attrs}
    assert named <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language(language):
    found = parsed("middling", language)
    langs = {attrs.get("lang") for tag, attrs in found.elements if tag in {"html", "article"}}
    assert langs == {{"zh": "zh-Hans", "en": "en"}[language]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_all_that_the_dossier_says_is_on_the_page(strength, language):
    dossier = make(strength, "武汉江岸精密机械有限公司")
    shown = parsed(strength, language).text
    said = texts(dossier)
    # A scene says its meaning or why it has no level; the group is named in the lead.
    for scene in dossier.result.scenes:
        said.remove(scene.meaning if scene.level is None else scene.state)
    if dossier.peers.group:
        said.remove(dossier.peers.group)
    assert not [text for text in said if squeezed(text.to(language)) not in shown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_visit_adds_is_on_the_page(visited_dossier, language):
    assert isinstance(visited_dossier.visit, VisitPart)
    shown = Parsed(render(visited_dossier, language)).text
    missing = {text.to(language) for text in texts(visited_dossier.visit)}
    assert not {text for text in missing if squeezed(text) not in shown}
    for finding in visited_dossier.visit.findings:
        assert squeezed(finding.fact) in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_firm_typed_is_shown_as_typed(language):
    html = render(make("middling", ODD), language)
    found = Parsed(html)
    assert squeezed(ODD) in found.text
    assert not [tag for tag, _ in found.elements if tag in {"b", "i"}]
    assert article_of(html) == fragment(make("middling", ODD), language).strip()


def test_the_same_dossier_gives_the_same_page():
    assert render(make("weak", "甲"), "zh") == render(make("weak", "甲"), "zh")


def test_styles_stay_inside_the_report():
    rules = STYLES.read_text(encoding="utf-8")
    assert "url(" not in rules
    assert "</" not in rules
