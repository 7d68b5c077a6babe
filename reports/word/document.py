"""From a dossier to the bytes of a Word document."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

from docxtpl import DocxTemplate

from questionnaires.text import Language
from reports.dossier import Dossier
from reports.phrases import load_phrases
from reports.word.outline import Outline
from reports.word.template import template

ALWAYS = (1980, 1, 1, 0, 0, 0)


def render_word(dossier: Dossier, language: Language) -> bytes:
    """The report as an editable Word document; the same dossier gives the same bytes."""
    outline, cover = Outline(dossier, language), dossier.cover
    document = DocxTemplate(BytesIO(template()))
    context = {
        "title": outline.say(cover.title),
        "firm": outline.say(cover.firm),
        "number": outline.say(cover.number),
        "basis": outline.say(cover.basis),
        "handling": outline.say(cover.handling),
        "stamp": outline.say(cover.stamp) if cover.stamp else "",
        "facts": _facts(outline, dossier, language),
        "chapters": outline.chapters(),
    }
    document.render(context, autoescape=True)
    known = document.docx.core_properties
    known.author = known.last_modified_by = outline.say(load_phrases("charts")["author"])
    known.title = context["title"]
    known.created = known.modified = datetime.combine(cover.date, datetime.min.time())
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue())


def _facts(outline: Outline, dossier: Dossier, language: Language) -> list[tuple[str, str]]:
    cover, words = dossier.cover, load_phrases("charts")
    known = [
        ("uscc", cover.uscc),
        ("region", cover.region),
        ("standard", outline.say(cover.standard)),
        ("date", cover.date.isoformat()),
        ("number", cover.number),
    ]
    facts = [(words[key].to(language), outline.say(value)) for key, value in known if value]
    return facts + [(outline.say(fact.label), outline.say(fact.value)) for fact in cover.facts]


def settled(content: bytes) -> bytes:
    """The same archive without the time at which it was packed."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return packed.getvalue()
