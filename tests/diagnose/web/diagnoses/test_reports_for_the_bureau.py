"""What the bureau sees of a report."""

from datetime import timedelta

import pytest

from diagnose.records import Consent, Finding, Project
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.people import keep, make_diagnosis, make_firm
from tests.diagnose.web.diagnoses.officework import audited, post, report_of

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def reported(session, app):
    firm = make_firm(session)
    found = make_diagnosis(
        session, firm, state="done", accepted_on=today(), valid_until=today() + timedelta(9)
    )
    app.extensions["store"].put("reports/x/zh.pdf", b"%PDF whole")
    app.extensions["store"].put("reports/x/zh.open.pdf", b"%PDF open")
    names = ("zh.pdf", "zh.open.pdf")
    files = {name: {"key": f"reports/x/{name}", "sha256": "", "size": 10} for name in names}
    report_of(session, found, files=files)
    kinds = {"effect_kind": "time", "cause_kind": "data", "diagnosis_id": found.id}
    keep(session, Finding(fact="秘方配比外泄", **kinds))
    keep(
        session, Finding(fact="防火墙默认口令", security=True, **(kinds | {"cause_kind": "system"}))
    )
    money = {"cost_low": 10, "cost_mid": 15, "cost_high": 20}
    keep(session, Project(diagnosis_id=found.id, firm_id=firm.id, name="设备联网", **money))
    return found


def test_the_short_form_holds_no_facts_and_no_weakness(session, visitor, reported):
    page = visitor.get(f"/diagnoses/{reported.id}/report")
    assert "设备联网" in page.text
    assert "10–20" in page.text
    for secret in ("秘方", "口令"):
        assert secret not in page.text
    kinds = [e["text"] for e in page.all("th", scope="row")]
    assert "数据" in kinds
    assert "系统" not in kinds
    assert audited(session, "view.report.short")


def test_the_whole_report_takes_consent_or_a_reason_that_is_logged(session, visitor, reported):
    path = f"/diagnoses/{reported.id}/report/full"
    page = visitor.get(f"/diagnoses/{reported.id}/report")
    assert post(visitor, page, path).status_code == 422
    answer = post(visitor, page, path, reason="年度抽查")
    assert answer.data == b"%PDF open"
    seen = audited(session, "view.report")[-1]
    assert (seen.details["by"], seen.details["reason"]) == ("sample", "年度抽查")
    given = keep(session, Consent(firm_id=reported.firm_id, use="full_report"))
    assert post(visitor, page, path).data == b"%PDF open"
    assert audited(session, "view.report")[-1].details["by"] == "consent"
    given = session.get(Consent, given.id)
    given.withdrawn_at = now()
    keep(session, given)
    assert post(visitor, page, path).status_code == 422
