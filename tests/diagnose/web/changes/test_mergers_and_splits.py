"""Firms that become others."""

import pytest
from sqlmodel import select

from diagnose.records import Firm
from diagnose.records.roster import Listing, RosterEvent
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_firm
from tests.diagnose.web.changes.changing import fill, listings, take_back


class TestMergersAndSplits:
    def test_a_merged_firm_ends_and_names_its_successor(self, visitor, session, officer):
        firm, other = (make_firm(session, district=officer.district) for _ in range(2))
        page = fill(visitor, firm, "merged", preview="1", other=other.uscc)
        assert "2 → 1" in page.text
        fill(visitor, firm, "merged", other=other.uscc)
        assert [what for _, what in listings(session, firm)] == [Listing.LISTED, Listing.MERGED]
        event = session.exec(select(RosterEvent).where(RosterEvent.change == "merged")).one()
        assert event.other_id == other.id

    @pytest.mark.parametrize("whose", ["self", "foreign", "nobody"])
    def test_a_merger_needs_another_firm_of_the_district(self, visitor, session, officer, whose):
        firm = make_firm(session, district=officer.district)
        foreign = make_firm(session, district="别区").uscc
        code = {"self": firm.uscc, "foreign": foreign, "nobody": make_uscc()}[whose]
        fill(visitor, firm, "merged", 422, other=code)

    def test_a_split_firm_ends_its_children_enter_and_a_void_takes_all_back(
        self, visitor, session, officer
    ):
        parent = make_firm(session, district=officer.district)
        known = make_firm(session, district=officer.district, on_roster=False, name="已在库企业")
        lines = f"{make_uscc()} 新甲公司\n{known.uscc}"
        page = fill(visitor, parent, "split", preview="1", children=lines)
        assert "1 → 2" in page.text
        assert session.exec(select(Firm).where(Firm.name == "新甲公司")).first() is None
        fill(visitor, parent, "split", children=lines)
        new = session.exec(select(Firm).where(Firm.name == "新甲公司")).one()
        assert (new.on_roster, new.region, new.district) == (True, parent.region, officer.district)
        entered = session.exec(select(RosterEvent).where(RosterEvent.other_id == parent.id)).all()
        assert {event.firm_id for event in entered} == {new.id, known.id}
        split = session.exec(select(RosterEvent).where(RosterEvent.change == "split")).one()
        take_back(visitor, split)
        session.expire_all()
        assert (parent.on_roster, new.on_roster, known.on_roster) == (True, False, False)

    @pytest.mark.parametrize(
        "lines",
        ["", "{code} 只有一家", "{code}\n{code2} 乙", "123 甲\n{code} 乙", "{taken} 甲\n{code} 乙"],
    )
    def test_a_split_says_what_is_wrong_with_a_line(self, visitor, session, officer, lines):
        parent = make_firm(session, district=officer.district)
        taken = make_firm(session, district="别区").uscc
        text = lines.format(code=make_uscc(), code2=make_uscc(), taken=taken)
        page = fill(visitor, parent, "split", 422, children=text)
        assert page.problems()
        session.refresh(parent)
        assert parent.on_roster

    def test_a_parent_may_go_on_beside_one_child(self, visitor, session, officer):
        parent = make_firm(session, district=officer.district)
        line = f"{make_uscc()} 新设公司"
        fill(visitor, parent, "split", 422, children=line)
        page = fill(visitor, parent, "split", preview="1", children=line, survives="y")
        assert "1 → 2" in page.text
        fill(visitor, parent, "split", children=line, survives="y")
        session.expire_all()
        assert parent.on_roster
        assert "存续分立" in visitor.get(f"/roster/changes/firm/{parent.id}").text

    def test_a_branch_is_counted_with_its_legal_unit_and_is_not_listed_again(
        self, visitor, session, officer
    ):
        unit, branch = (make_firm(session, district=officer.district) for _ in range(2))
        fill(visitor, branch, "merged", other=unit.uscc, branch="y")
        session.expire_all()
        assert (unit.on_roster, branch.on_roster) == (True, False)
        assert "分支机构" in visitor.get(f"/roster/changes/firm/{branch.id}").text
        fill(visitor, branch, "entered", 422, how="yearly")
