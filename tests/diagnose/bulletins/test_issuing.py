"""A bulletin is gathered, issued and frozen; statistics follow their schedule."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from sqlmodel import Session, select

from diagnose.bulletins import (
    IssueRefused,
    draft_bulletin,
    edit_foreword,
    gather,
    issue_bulletin,
    issuing,
    release_statistics,
)
from diagnose.bulletins.history import released_before
from diagnose.records import Actor, AuditEntry, Publication
from tests.diagnose.people import DISTRICT

OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 23)


def at(day, hour=12):
    return Actor(at=datetime(2026, 11, day, hour, tzinfo=UTC))


def issue(session, store, month=OCTOBER, day=5):
    row = draft_bulletin(session, at(day), DISTRICT, month, TODAY)
    issue_bulletin(session, store, at(day, 13), row)
    session.commit()
    return row


def test_the_figures_are_those_of_the_last_day_of_the_month(session, populate):
    populate("后湖街道", 12, 14)
    populate("二七街道", 3, 11, accepted_on=date(2026, 11, 2))
    told = gather(session, DISTRICT, OCTOBER, TODAY)
    assert told["day"] == "2026-10-31"
    assert told["coverage"]["dynamic"] == [12, 40]
    assert [(line["name"], line["done"], line["due"]) for line in told["streets"]] == [
        ("二七街道", 0, 14),
        ("后湖街道", 12, 26),
    ]
    assert told["streets"][0]["oldest"]["firm"].startswith("二七街道")
    assert gather(session, DISTRICT, date(2026, 11, 1), TODAY)["coverage"]["dynamic"] == [15, 40]


def test_an_issue_is_frozen_with_files_of_both_editions(session, store, populate):
    populate("后湖街道", 12, 14)
    row = draft_bulletin(session, at(5), DISTRICT, OCTOBER, TODAY)
    edit_foreword(session, at(5), row, "请抓紧。")
    issue_bulletin(session, store, at(6), row)
    session.commit()
    assert sorted(row.files) == [
        f"{edition}.{language}.{shape}"
        for edition in ("internal", "published")
        for language in ("en", "zh")
        for shape in ("docx", "pdf")
    ]
    for held in row.files.values():
        assert sha256(store.get(held["key"])).hexdigest() == held["sha256"]
    for refused in (
        lambda: draft_bulletin(session, at(7), DISTRICT, OCTOBER, TODAY),
        lambda: edit_foreword(session, at(7), row, "anders"),
        lambda: issue_bulletin(session, store, at(7), row),
    ):
        with pytest.raises(IssueRefused):
            refused()
    actions = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["bulletin.gather", "bulletin.edit", "bulletin.issue"]


def test_what_is_issued_while_somebody_gathers_or_edits_stays_as_it_was_issued(
    session, engine, store, populate, monkeypatch
):
    populate("后湖街道", 12, 14)
    row = draft_bulletin(session, at(5), DISTRICT, OCTOBER, TODAY)
    session.commit()
    hidden, held = row.hidden, issuing.decide

    def issued_meanwhile(*asked):
        with Session(engine) as other:
            issue_bulletin(other, store, at(6), other.get_one(Publication, row.id))
            other.commit()
        return held(*asked)

    monkeypatch.setattr(issuing, "decide", issued_meanwhile)
    populate("二七街道", 15, 15)
    with pytest.raises(IssueRefused):
        draft_bulletin(session, at(7), DISTRICT, OCTOBER, TODAY)
    with pytest.raises(IssueRefused):
        edit_foreword(session, at(7), row, "anders")
    session.rollback()
    assert row.issued_at == at(6).moment
    assert (row.hidden, row.foreword) == (hidden, "")


def test_the_edition_for_everybody_names_no_firm(session, populate):
    firms = populate("后湖街道", 12, 14)
    row = draft_bulletin(session, at(5), DISTRICT, OCTOBER, TODAY)
    assert any(firm.name in str(row.figures["internal"]) for firm in firms)
    assert not any(firm.name in str(row.figures["published"]) for firm in firms)


def test_a_month_to_come_is_refused(session):
    with pytest.raises(IssueRefused):
        draft_bulletin(session, at(5), DISTRICT, date(2026, 12, 1), TODAY)


def test_what_was_gathered_before_something_else_was_published_is_stale(session, store, populate):
    populate("后湖街道", 12, 14)
    row = draft_bulletin(session, at(5), DISTRICT, OCTOBER, TODAY)
    release_statistics(session, store, at(6), DISTRICT, date(2026, 11, 5))
    with pytest.raises(IssueRefused):
        issue_bulletin(session, store, at(7), row)
    draft_bulletin(session, at(8), DISTRICT, OCTOBER, TODAY)
    issue_bulletin(session, store, at(9), row)


def test_statistics_come_once_a_quarter_unless_there_is_a_reason(session, store, populate):
    populate("后湖街道", 12, 14)
    release_statistics(session, store, at(2), DISTRICT, date(2026, 10, 31))
    with pytest.raises(IssueRefused, match="2026-10-31"):
        release_statistics(session, store, at(3), DISTRICT, date(2026, 11, 2))
    again = release_statistics(session, store, at(3), DISTRICT, date(2026, 11, 2), again="更正")
    assert again.figures["again"] == "更正"
    with pytest.raises(IssueRefused):
        release_statistics(session, store, at(3), DISTRICT, date(2026, 11, 2), again="再来")
    release_statistics(session, store, at(4), DISTRICT, date(2027, 1, 1))


def test_a_draft_is_no_publication(session, populate):
    populate("后湖街道", 12, 14)
    draft_bulletin(session, at(5), DISTRICT, OCTOBER, TODAY)
    session.commit()
    assert released_before(session, DISTRICT) == []


def cells(row, name):
    table = row.figures["published"]["tables"][name]
    return dict(zip([*table["rows"], None], table["cells"], strict=True))


def test_small_cells_of_streets_are_withheld_with_company(session, store, populate):
    populate("后湖街道", 12, 14)
    populate("二七街道", 4, 16)
    populate("丹水池街道", 15, 20)
    shown = cells(issue(session, store), "streets")
    assert shown["二七街道"][0] is None
    withheld = [name for name, row in shown.items() if row[0] is None]
    assert len(withheld) >= 2
    assert shown[None][0] == [31, "2026-10-31"]


def test_a_figure_that_few_firms_moved_is_repeated_with_its_day(session, store, populate):
    populate("后湖街道", 20, 20)
    populate("二七街道", 20, 20)
    first = issue(session, store, date(2026, 9, 1), 3)
    populate("后湖街道新", 0, 0)
    populate("二七街道", 3, 0, accepted_on=date(2026, 10, 10))
    second = issue(session, store, OCTOBER, 5)
    assert cells(first, "streets")["二七街道"][0] == [20, "2026-09-30"]
    assert cells(second, "streets")["二七街道"][0] == [20, "2026-09-30"]
    assert "23" not in str(cells(second, "streets"))


def test_statistics_and_bulletins_are_one_history(session, store, populate):
    """What a bulletin withheld, statistics of the same day do not tell by their margins."""
    populate("后湖街道", 12, 14)
    populate("二七街道", 4, 16)
    populate("丹水池街道", 15, 20)
    bulletin = issue(session, store)
    statistics = release_statistics(session, store, at(10), DISTRICT, date(2026, 11, 9))
    covered = {name: row[0] for name, row in cells(bulletin, "streets").items()}
    margins = {name: row[-1] for name, row in cells(statistics, "street_levels").items()}
    for name, value in covered.items():
        assert (value is None) == (margins[name] is None), name
