import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import diagnose.web

WEB = Path(diagnose.web.__file__).parent
FOLDER = Path("translations", "zh_Hans_CN", "LC_MESSAGES")
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


ROOMS = [WEB, *sorted(path.parent for path in WEB.glob("*/translations"))]


def words_of(room):
    """What the pages of a room say; the shared room leaves out the areas."""
    found = extract_from_dir(room, METHODS, {}, KEYWORDS, directory_filter=own(room))
    return {text for _file, _line, text, _comments, _context in found}


def own(room):
    areas = {area.name for area in ROOMS[1:]} if room == WEB else set()
    return lambda folder: Path(folder).name not in areas


def catalogue_of(room):
    with (room / FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_word_of_the_pages_is_translated(room):
    catalogue, words = catalogue_of(room), words_of(room)
    for word in words:
        message = catalogue.get(word if isinstance(word, str) else word[0])
        assert message is not None, word
        assert message.string, word
        assert all(message.string), word
        holes = set(re.findall(r"%\(\w+\)s", str(message.id)))
        assert holes >= set(re.findall(r"%\(\w+\)s", str(message.string))), word
    assert {m.id for m in catalogue if m.id} == words


def first_form(text):
    """The text itself, or its first form where there is a plural."""
    return text[0] if isinstance(text, tuple | list) else text


def sentences(catalogue):
    """What is said, by what is asked for."""
    return {first_form(m.id): first_form(m.string) for m in catalogue if m.id and m.string}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_compiled_words_are_those_of_the_catalogue(room):
    with (room / FOLDER / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    assert sentences(catalogue_of(room)) == sentences(compiled)


def test_a_word_is_translated_alike_in_all_areas():
    """All catalogues become one, so that of two translations the last one read would show."""
    told = defaultdict(set)
    for room in ROOMS:
        for message in catalogue_of(room):
            told[message.context, first_form(message.id)].add(first_form(message.string))
    assert {word: texts for word, texts in told.items() if word[1] and len(texts) > 1} == {}


def switch(visitor, page, language, **changes):
    form = next(f for f in page.all("form") if f.get("action") == "/language")
    hidden = {e["name"]: e["value"] for e in page.all("input", type="hidden") if e["form"] == form}
    return visitor.client.post("/language", data=hidden | {"language": language} | changes)


def test_the_visitor_switches_and_stays_where_he_was(visitor):
    page = visitor.get("/?from=letter")
    answer = switch(visitor, page, "en")
    assert answer.headers["Location"] == "/?from=letter"
    english = visitor.get("/")
    assert "plant" in english.heading
    assert english.all("html")[0]["lang"] == "en"
    switch(visitor, english, "zh")


@pytest.mark.parametrize(
    "back", ["https://evil.example/x", "//evil.example/x", "/\\evil.example/x", "javascript:1"]
)
def test_switching_never_leads_to_another_site(visitor, back):
    answer = switch(visitor, visitor.get("/"), "en", back=back)
    assert re.fullmatch(r"/([^/\\].*)?", answer.headers["Location"])


def test_an_unknown_language_is_refused(visitor):
    assert switch(visitor, visitor.get("/"), "fr").status_code == 400
