from datetime import date

import pytest

from diagnose.records import Report
from diagnose.storage import Store
from tests.diagnose.people import keep, make_diagnosis, make_firm, make_provider

DAY = date(2026, 10, 31)
ACCEPTED = date(2026, 9, 1)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def populate(session):
    """Put firms of a street on the roster, so many of them covered at level 2."""
    provider = make_provider(session, name="诊断服务中心")

    def add(street, covered, open_, accepted_on=ACCEPTED):
        firms = [
            make_firm(session, region=street, name=f"{street}{number}厂")
            for number in range(covered + open_)
        ]
        for firm in firms[:covered]:
            diagnosis = make_diagnosis(
                session,
                firm,
                provider_id=provider.id,
                state="done",
                accepted_on=accepted_on,
                valid_until=date(2029, 8, 31),
            )
            _report(session, diagnosis)
        return firms

    return add


def _report(session, diagnosis):
    keep(
        session,
        Report(
            diagnosis_id=diagnosis.id,
            number=diagnosis.number,
            version=1,
            dated=ACCEPTED,
            standard="sme-2024",
            standard_version="1.0.0",
            level=2,
        ),
    )
