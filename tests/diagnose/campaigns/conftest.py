from datetime import date

import pytest

from diagnose.records import Campaign
from tests.diagnose.people import DISTRICT, keep


@pytest.fixture
def campaign(session):
    return make_campaign(session)


def make_campaign(session, **changes):
    held = {
        "name": "2026 年度全覆盖诊断",
        "district": DISTRICT,
        "questionnaire": "sme-2024",
        "questionnaire_version": "1.0.0",
        "base_on": date(2026, 1, 1),
        "opens_on": date(2026, 2, 1),
        "due_on": date(2026, 12, 31),
    }
    return keep(session, Campaign.model_validate(held | changes))
