"""One diagnosis through everybody's hands, from assignment to a firm that counts as covered."""

import re

import pytest
from sqlmodel import Session, col, select

from diagnose.records import Account, Diagnosis, Provider, Report, Review
from questionnaires import clock
from tests.browser.filling import fits, primary
from tests.browser.papers import paper

pytestmark = pytest.mark.browser


def today():
    return clock.today().isoformat()


class Play:
    """The people of one diagnosis, each at a window of their own."""

    def __init__(self, district, open_page):
        self.district, self.open_page, self.windows = district, open_page, {}
        with self.records() as session:
            self.diagnosis = session.exec(
                select(Diagnosis).where(
                    Diagnosis.state == "to_assign", col(Diagnosis.assessment_id).is_not(None)
                )
            ).first()
            self.firm = session.exec(
                select(Account).where(Account.firm_id == self.diagnosis.firm_id)
            ).one()

    def records(self):
        return Session(self.district.app.extensions["database"], expire_on_commit=False)

    @property
    def id(self):
        return self.diagnosis.id

    @property
    def state(self):
        with self.records() as session:
            return session.get(Diagnosis, self.id).state

    def latest(self, table):
        with self.records() as session:
            return session.exec(
                select(table).where(table.diagnosis_id == self.id).order_by(col(table.id).desc())
            ).first()

    def window(self, account):
        """The window in which `account` works."""
        if account.id not in self.windows:
            page = self.open_page()
            self.district.enter_as(page, account)
            self.windows[account.id] = page
        return self.windows[account.id]

    def at(self, account, path):
        page = self.window(account)
        page.goto(path.format(id=self.id))
        assert fits(page), path
        return page

    def move(self, account, name):
        page = self.at(account, "/work/{id}")
        page.locator(f"button[name=move][value={name}]").first.click()


@pytest.fixture
def play(district, open_page):
    return Play(district, open_page)


def assign(play):
    page = play.at(play.district.cast.officer, "/diagnoses/{id}")
    form = page.locator("form[action$='/assign']")
    form.locator("select[name$=provider]").select_option(index=1)
    form.locator("button").click()
    assert play.state == "assigned"
    with play.records() as session:
        provider = session.get(Provider, session.get(Diagnosis, play.id).provider_id)
    return play.district.cast.consultants[provider.id]


def take_on_and_agree(play, lead):
    page = play.at(lead, "/work/")
    assert page.locator(f"a[href='/work/{play.id}']").first.is_visible()
    page = play.at(lead, "/work/{id}/confidentiality")
    page.locator("input[name=paper]").set_input_files(paper("promise"))
    primary(page)
    play.move(lead, "accept")
    page = play.at(lead, "/work/visits/{id}")
    page.locator("[name=planned_on]").fill(today())
    page.locator("button[name=then][value=agree]").click()
    assert play.state == "scheduled"


def visit(play, lead):
    play.move(lead, "check_in")
    page = play.at(lead, "/work/visits/{id}")
    day = today()
    page.locator("[name=started_at]").fill(f"{day}T00:01")
    page.locator("[name=ended_at]").fill(f"{day}T00:05")
    for row, (side, name) in enumerate(
        [("firm", "周立言"), ("provider", "甲"), ("provider", "乙")]
    ):
        page.locator(f"[name=people-{row}-side]").select_option(side)
        page.locator(f"[name=people-{row}-name]").fill(name)
    page.locator("[name=interviews-0-who]").fill("生产部经理")
    page.locator("[name=interviews-0-points]").fill("换模后的首件要等化验室，夜班常放到第二天")
    page.locator("[name=workshops-0-name]").fill("二车间")
    page.locator("[name=workshops-0-seen]").fill("12 台注塑机，6 台有联网盒")
    page.locator("[name=documents-0-title]").fill("换模记录")
    page.locator("[name=wishes]").fill("夜班也能当班放行")
    page.locator("button.btn-primary[name=then]").last.click()
    page = play.at(lead, "/work/visits/{id}")
    page.locator("input[name=paper]").set_input_files(paper("record"))
    page.locator("form[action$='/scan'] button").click()


def verify(play, lead):
    page = play.at(lead, "/work/answers/{id}")
    found = [a.get_attribute("href") for a in page.locator("a[href*='/sections/']").all()]
    sections = sorted({href.split("#")[0].split("?")[0] for href in found})
    assert len(sections) >= 8
    for number, section in enumerate(sections):
        page = play.at(lead, section)
        if "scenes" in section or number == 1:
            lower_one(page)
        page.locator("button[name=then][value='confirm.*']").click()
    page = play.at(lead, "/work/{id}")
    play.move(lead, "finish_visit")
    play.move(lead, "draft")
    assert play.state == "drafting"


def lower_one(page):
    """Correct one ticked single choice down to its first option, with the reason."""
    for block in page.locator("details.correct").all():
        options = block.locator(".options:not(.options-states) input[type=radio]")
        if options.count() > 1:
            block.evaluate("part => { part.open = true }")
            options.first.check()
            block.locator("textarea[name^='why.']").fill("现场 12 台只有 6 台联网，夜班停用")
            block.locator("select[name^='proof.']").select_option("seen")
            return


def write(play, lead):
    page = play.at(lead, "/work/projects/{id}")
    if page.locator(".plan-project").count() == 0:
        pytest.fail("the system suggested no project")
    for position, fact in enumerate(["首件等化验 3 小时", "6 台注塑机停机无记录"]):
        page = play.at(lead, "/work/findings/{id}/new")
        page.locator("[name=scene]").select_option("scene_quality")
        page.locator("[name=fact]").fill(f"二车间{fact}，抽看 9 张换模单")
        page.locator("[name=evidence]").fill("换模记录，10 月 3 日至 9 日")
        page.locator("[name=effect]").fill(f"每月约 {position + 2} 个班次等待（企业自报）")
        page.locator("[name=cause]").fill("放行只认纸质单，化验室夜班无人")
        page.locator("input[name=projects]").first.check()
        primary(page)
    page = play.at(lead, "/work/{id}")
    play.move(lead, "submit_inside")
    assert play.state == "internal_check", page.locator("main").inner_text()


def send(play, colleague):
    page = play.at(colleague, "/work/reports/{id}/check")
    page.locator("form[action$='/send'] button").click()
    assert play.state == "with_firm", page.locator("main").inner_text()


def confirm(play):
    page = play.at(play.firm, f"/reports/{play.latest(Report).id}/items")
    for number in range(page.locator("form.answering").count()):
        form = page.locator("form.answering").nth(number)
        form.locator("input[value=yes]").check()
        form.locator("button").click()
    page.locator("a.btn-primary").last.click()
    page.locator("[name=name]").fill("周立言")
    page.locator("[name=post]").fill("总经理")
    page.locator("[name=day]").fill(today())
    page.locator("[name=read]").check()
    primary(page)
    assert play.state == "in_review", page.locator("main").inner_text()


def appoint(play, reviewer):
    page = play.at(play.district.cast.officer, "/diagnoses/{id}")
    page.locator("select[name$=reviewer]").select_option(str(reviewer.id))
    page.locator("form[action$='/reviewer'] button").click()


def review_page(play, reviewer):
    return play.at(reviewer, f"/reviews/{play.latest(Review).id}")


def covered(play):
    page = play.at(play.district.cast.officer, "/coverage/")
    return [int(n) for n in re.findall(r"\d+", page.locator(".share small").first.inner_text())][:2]


def test_a_diagnosis_from_assignment_to_coverage(play):
    reviewer = play.district.cast.reviewers[0]
    before = covered(play)
    lead, colleague = assign(play)[:2]
    with play.records() as session:
        lead_id = session.get(Diagnosis, play.id).lead_id
    if lead_id == colleague.id:
        lead, colleague = colleague, lead
    take_on_and_agree(play, lead)
    visit(play, lead)
    verify(play, lead)
    write(play, lead)
    send(play, colleague)
    confirm(play)
    appoint(play, reviewer)

    page = review_page(play, reviewer)
    page.locator("[name=defects-0-place]").fill("问题与根因")
    page.locator("[name=defects-0-text]").fill("请写明 3 小时的算法。")
    page.locator("form[action$='/return'] button").last.click()
    assert play.state == "returned", page.locator("main").inner_text()
    seen = play.window(reviewer).request.get(f"/reviews/{play.latest(Review).id}")
    assert seen.status == 404

    page = play.at(lead, "/work/reports/{id}/defects")
    page.locator("[name=answer-1]").fill("已写明：三班首件时间的平均值。")
    primary(page)
    play.move(lead, "draft")
    play.move(lead, "submit_inside")
    send(play, colleague)
    assert play.latest(Report).version == 2
    confirm(play)
    appoint(play, reviewer)
    page = review_page(play, reviewer)
    with page.expect_navigation():
        page.locator("form[action$='/marks'] button").click()
    page.locator("[name=independent]").check()
    page.locator("form[action$='/accept'] button").click()
    assert play.latest(Review).decision == "accepted", page.locator("main").inner_text()

    page = play.at(play.district.cast.officer, "/diagnoses/{id}")
    page.locator("form[action$='/accept'] button").click()
    assert play.state == "done", page.locator("main").inner_text()
    after = covered(play)
    assert after == [before[0] + 1, before[1]]
    page = play.at(play.firm, "/disclosure/")
    assert play.district.cast.providers[0].name[:3] in page.locator("main").inner_text()
