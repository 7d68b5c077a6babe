"""Histories of firms for tests of coverage: written day by day, kept as the service keeps them."""

from datetime import date, timedelta

from diagnose.campaigns.lists import freeze
from diagnose.records import (
    Actor,
    Campaign,
    CampaignFirm,
    Diagnosis,
    Firm,
    RosterEvent,
    Transfer,
)
from diagnose.records.columns import now
from diagnose.records.roster import Change
from diagnose.roster.keeping import refold
from diagnose.workflow.stays import keep_stay
from tests.diagnose.factories import make_uscc

START = date(2025, 1, 1)


def on(day):
    """The day so many days after the start."""
    return START + timedelta(day)


class History:
    """The firms of a district; days are counted from `START`."""

    def __init__(self, session, district="江岸区"):
        self.session, self.district = session, district
        self.diagnoses, self.touched = {}, set()

    def firm(self, entered=None, **facts):
        """A new firm, on the roster since `entered` unless that is None."""
        firm = Firm(name="某企业", uscc=make_uscc(), district=self.district, industry="3484")
        self.session.add(firm)
        self.session.flush()
        if entered is not None:
            self.event(firm.id, Change.ENTERED, entered, facts={"industry": "3484"} | facts)
        return firm.id

    def event(self, firm, change, day, *, other=None, facts=None, district=None):
        district = district or self.district
        event = RosterEvent(
            firm_id=firm,
            district=district,
            change=change,
            effective_on=on(day),
            facts=facts or {},
            other_id=other,
        )
        self.session.add(event)
        self.session.flush()
        self.touched.add((district, firm))
        return event

    def void(self, event):
        self.session.add(
            RosterEvent(
                firm_id=event.firm_id,
                district=self.district,
                change=Change.VOIDED,
                effective_on=event.effective_on,
                voids_id=event.id,
            )
        )
        self.touched.add((self.district, event.firm_id))

    def done(self, firm, day, valid=1095):
        """The report of a firm's diagnosis is accepted; one reopened is accepted again."""
        held = self.diagnoses.get(firm)
        if held is None:
            held = Diagnosis(
                number=f"N{firm}-{day}", firm_id=firm, state="done", accepted_on=on(day)
            )
            self.session.add(held)
            self.session.flush()
            self.diagnoses[firm] = held
        self._stay(held, "done", day, on(day + valid))

    def reopen(self, firm, day):
        self._stay(self.diagnoses[firm], "drafting", day)

    def expire(self, firm, day):
        self._stay(self.diagnoses.pop(firm), "expired", day)

    def transfer(self, firm, accepted, valid_until):
        self.session.add(
            Transfer(
                firm_id=firm,
                district=self.district,
                origin="别区",
                number="1",
                accepted_on=on(accepted),
                valid_until=on(valid_until),
            )
        )

    def freeze(self, base, due):
        """A campaign whose list is frozen from the roster as the service freezes it."""
        campaign = self._campaign(base, due, stage="draft")
        freeze(self.session, Actor(), campaign)
        self.session.commit()
        return campaign

    def campaign(self, base, due, firms, opens=None):
        """A campaign that is open, with these firms on its frozen list (in their streets)."""
        frozen = {"stage": "open", "list_version": "v1", "frozen_at": now()}
        campaign = self._campaign(base, due, opens, **frozen)
        streets = firms if isinstance(firms, dict) else dict.fromkeys(firms)
        rows = [
            CampaignFirm(campaign_id=campaign.id, firm_id=firm, street_id=street)
            for firm, street in streets.items()
        ]
        self.session.add_all(rows)
        return campaign

    def _campaign(self, base, due, opens=None, **changes):
        campaign = Campaign(
            district=self.district,
            name=f"批次{base}",
            questionnaire="q",
            questionnaire_version="1",
            base_on=on(base),
            opens_on=on(base if opens is None else opens),
            due_on=on(due),
            **changes,
        )
        self.session.add(campaign)
        self.session.flush()
        return campaign

    def keep(self):
        """Let spells follow from the events, and commit."""
        self.session.flush()
        for district in {district for district, _firm in self.touched}:
            firms = [firm for held, firm in self.touched if held == district]
            refold(self.session, district, firms, on(0))
        self.session.commit()

    def _stay(self, diagnosis, state, day, valid_until=None):
        diagnosis.state, diagnosis.valid_until = state, valid_until or diagnosis.valid_until
        keep_stay(self.session, diagnosis, on(day))
