import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlmodel import Session

from diagnose.cli import main
from diagnose.records import Campaign, CampaignFirm
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.people import DISTRICT, keep, make_diagnosis, make_firm


@pytest.fixture
def database(engine, tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("DIAGNOSE_DATABASE_URL", str(engine.url))
    return engine


def coverage(*arguments):
    return CliRunner().invoke(main, ["coverage", *arguments])


def test_it_counts_the_only_district(database):
    with Session(database) as session:
        make_diagnosis(
            session, make_firm(session), state="done", accepted_on=today(), valid_until=today()
        )
        for _ in range(2):
            make_firm(session, region="谌家矶")
    said = json.loads(coverage("--json", "--by", "street").output)
    assert (said["district"], said["covered"], said["due"], said["share"]) == (DISTRICT, 1, 3, 33.3)
    assert said["by"]["谌家矶"]["due"] == 2
    assert f"{DISTRICT}  {today()}  33.3 %  1/3  (0)" in coverage().output


def test_an_empty_roster_and_several_districts_are_told(database):
    assert coverage().exit_code == 2
    with Session(database) as session:
        make_firm(session)
        make_firm(session, district="别区")
    told = coverage()
    assert told.exit_code == 2
    assert "别区" in told.output
    assert coverage("--district", "别区").exit_code == 0


def test_it_counts_a_past_day_and_a_campaign(database):
    with Session(database) as session:
        firm = make_firm(session)
        make_diagnosis(session, firm, state="done", accepted_on=today(), valid_until=today())
        days = dict.fromkeys(("base_on", "opens_on", "due_on"), today())
        asked = {"questionnaire": "q", "questionnaire_version": "1"}
        frozen = {"stage": "open", "list_version": "v1", "frozen_at": now()}
        held = Campaign(district=DISTRICT, name="首批", **days, **asked, **frozen)
        keep(session, held)
        keep(session, CampaignFirm(campaign_id=held.id, firm_id=firm.id))
    said = json.loads(coverage("--json", "--campaign", "首批").output)
    assert said["assessed_of_list"]["done"] == 1
    assert "100.0 %  1/1" in coverage("--campaign", "首批").output
    assert "0.0 %  0/1" in coverage("--on", str(today() - timedelta(1))).output
    assert coverage("--campaign", "次批").exit_code == 2
