"""How far a report's own words stand in other reports, standard text left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

import questionnaires
from diagnose.quality.criteria import CRITERIA
from models.roadmap import load_catalogue
from reports.phrases import FOLDER, load_phrases

QUESTIONNAIRE = "sme-2024"
# Where a phrase ends or a value is filled in: punctuation, brackets, figures, placeholders.
CUTS = re.compile(r"\{[^}]*\}|[^\w\s%]|[\d_]+|\s{2,}|\n")
SPACE = re.compile(r"\s+")


def own_words(texts: Iterable[str]) -> str:
    """What of `texts` is no standard text, one piece a line."""
    standard = _standard()
    return "\n".join(piece for text in texts for piece in _pieces(text) if piece not in standard)


def likeness(text: str, others: Sequence[str]) -> NDArray[np.float64]:
    """(n,) for each of `others`, the share of `text`'s runs of letters that stand in it too.

    0 where `text` is too short to hold one.
    """
    letters = CRITERIA.letters
    bare = [SPACE.sub("", each) for each in (text, *others)]
    if len(bare[0]) < letters or not others:
        return np.zeros(len(others))
    runs = CountVectorizer(analyzer="char", ngram_range=(letters, letters), binary=True)
    found = runs.fit_transform(bare)
    shared = (found[1:] @ found[0].T).toarray()[:, 0]
    return np.asarray(shared / found[0].nnz, dtype=np.float64)


@cache
def _standard() -> frozenset[str]:
    """The pieces of every phrase, question and project type."""
    return frozenset(piece for text in _standard_texts() for piece in _pieces(text))


def _standard_texts() -> Iterator[str]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for phrase in load_phrases(path.stem).values():
            yield from (phrase.zh, phrase.en)
    for question in questionnaires.load(QUESTIONNAIRE).questions:
        for label in (question.label, *(option.label for option in question.options)):
            yield from (label.zh, label.en)
    for project in load_catalogue().projects:
        told = (project.name, project.what, *project.modules, *project.risks, *project.benefits)
        for text in told:
            yield from (text.zh, text.en)


def _pieces(text: str) -> Iterator[str]:
    for piece in CUTS.split(text):
        stripped = piece.strip()
        if stripped:
            yield stripped
