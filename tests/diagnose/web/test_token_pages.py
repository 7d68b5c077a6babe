"""The pages on which tokens are made and ended."""

from datetime import timedelta

import pytest
from sqlmodel import select

from diagnose.access import Capability
from diagnose.records import Token
from diagnose.records.audit import Actor
from diagnose.records.columns import now
from diagnose.tokens import issue
from diagnose.web.api.resources import RESOURCES
from tests.diagnose.people import make_account, sign_in
from tests.diagnose.web.api.calling import actions


class TestPages:
    @pytest.fixture
    def officer(self, visitor, session):
        account = make_account(session, "officer")
        sign_in(visitor.client, account)
        return account

    def test_a_token_is_made_shown_once_used_and_ended(self, visitor, session, officer):
        page = visitor.get("/tokens/")
        page = visitor.send(page, name="台账系统", granted=["coverage.read"], days="30")
        [plain] = [e["text"] for e in page.all("code")]
        assert plain not in visitor.get("/tokens/").html
        headers = {"Authorization": f"Bearer {plain}"}
        fresh = visitor.client.application.test_client()
        assert fresh.get("/api/v1/coverage", headers=headers).status_code == 200
        assert fresh.get("/api/v1/roster", headers=headers).status_code == 403
        token = session.exec(select(Token)).one()
        assert token.capabilities == ["coverage.read"]
        assert token.expires_at < now() + timedelta(days=31)
        visitor.get("/tokens/")
        visitor.client.post(f"/tokens/{token.id}/end", data=csrf(visitor))
        assert fresh.get("/api/v1/coverage", headers=headers).status_code == 401
        assert [a for a, _ in actions(session) if a.startswith("token")] == [
            "token.issue",
            "token.revoke",
        ]
        assert officer.id == token.account_id

    def test_a_button_pressed_twice_makes_one_token(self, visitor, session, officer):  # noqa: ARG002
        page, right = visitor.get("/tokens/"), {"granted": ["coverage.read"], "days": "30"}
        visitor.send(page, name="台账系统", **right)
        again = visitor.send(page, 422, name=" 台账系统", **right)
        assert "已有令牌" in " ".join(again.problems())
        assert session.exec(select(Token)).one()

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"granted": []}, {"granted": ["account.manage"]}, {"days": "9999"}],
    )
    def test_a_wrong_form_makes_no_token(self, visitor, session, officer, wrong):  # noqa: ARG002
        right = {"name": "ERP", "granted": ["coverage.read"], "days": "30"}
        visitor.send(visitor.get("/tokens/"), 422, **(right | wrong))
        assert not session.exec(select(Token)).all()

    def test_anothers_token_cannot_be_ended(self, visitor, session, officer):  # noqa: ARG002
        other = make_account(session, "officer")
        issue(session, other, "x", [Capability.ROSTER], 30, Actor(other.id))
        token = session.exec(select(Token)).one()
        visitor.get("/tokens/")
        reply = visitor.client.post(f"/tokens/{token.id}/end", data=csrf(visitor))
        assert reply.status_code == 404
        assert actions(session)[-1] == ("access.foreign", f"token:{token.id}")
        session.expire_all()
        assert token.revoked_at is None

    def test_the_reference_names_every_resource(self, visitor, officer):  # noqa: ARG002
        page = visitor.get("/tokens/api")
        for one in RESOURCES:
            assert one.title.zh in page.text


def csrf(visitor):
    [field] = visitor.get("/tokens/").all("meta", name="csrf-token")
    return {"csrf_token": field["content"]}
