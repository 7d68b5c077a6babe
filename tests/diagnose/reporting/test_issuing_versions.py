from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select

from diagnose.pool import read_pool
from diagnose.quality import quality_from
from diagnose.records import Actor, Basis, Judgement
from diagnose.reporting import dossier_of
from diagnose.reporting.issuing import Issue, find_version, issue
from diagnose.storage import Store
from tests.diagnose.diagnosed import make_visited

DAY = date(2026, 12, 1)


@pytest.fixture
def how(tmp_path, session):
    return lambda: Issue(None, Actor(), DAY, read_pool(session), Store(str(tmp_path / "store")))


def test_a_draft_says_that_it_is_one_and_tells_the_visit(session):
    held = make_visited(session)
    dossier = dossier_of(session, held.diagnosis, DAY)
    assert dossier.cover.stamp.zh == "草稿 · 未定稿"
    assert dossier.visit.sittings[0].facts[1].value.zh == "后湖街道工业园 3 号"
    assert [row.changed for row in dossier.visit.checked.rows].count(True) == 1
    assert len(dossier.plan.cards) == len(held.projects)
    assert dossier.visit.findings[0].answered.zh.startswith(dossier.plan.cards[0].name.zh)


def test_an_issued_version_is_kept_in_every_edition_and_found_by_its_hash(session, how):
    held = make_visited(session)
    report = issue(session, held.diagnosis, how())
    session.commit()
    assert (report.number, report.version) == (held.diagnosis.number.replace("ZD", "BG"), 1)
    assert set(report.files) == {
        f"{la}.{k}" for la in ("zh", "en") for k in ("pdf", "html", "docx", "open.pdf", "open.html")
    }
    store = how().store
    for edition, kept in report.files.items():
        content = store.get(kept["key"])
        assert sha256(content).hexdigest() == kept["sha256"]
        assert find_version(session, kept["sha256"]) == (report, edition)
    pdf = PdfReader(BytesIO(store.get(report.files["zh.pdf"]["key"])))
    cover = pdf.pages[0].extract_text()
    assert report.code in cover
    assert report.number in cover
    row = session.exec(select(Judgement).where(Judgement.basis == Basis.VERIFIED)).one()
    assert (row.score, row.level) == (report.score, report.level)
    assert report.self_score > report.score
    quality = quality_from(report.quality)
    assert quality.good, quality


def test_a_change_makes_a_new_version_and_leaves_the_old_one_alone(session, how):
    held = make_visited(session)
    first = issue(session, held.diagnosis, how())
    session.commit()
    before = how().store.get(first.files["zh.pdf"]["key"])
    held.findings[0].fact = "改过的事实"
    session.add(held.findings[0])
    second = issue(session, held.diagnosis, how())
    session.commit()
    assert (first.version, second.version) == (1, 2)
    assert second.code != first.code
    assert how().store.get(first.files["zh.pdf"]["key"]) == before
