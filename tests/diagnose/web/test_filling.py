import pytest
from sqlmodel import select

from diagnose.records import Answer, Assessment, Firm

NAUGHTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "%(name)s %s",
    "'; DROP TABLE firm; --",
    "𠮷野家 😀 العربية",
    "=cmd|' /C calc'!A0",
    "&lt;b&gt; & co.",
]


PLEDGE = {"pledged_by": "王建国", "pledged_post": "总经理", "truthful": "y"}


def submit(visitor, assessment_id):
    return visitor.send(visitor.get(f"/assessments/{assessment_id}/review"), **PLEDGE)


def section(assessment_id, name):
    return f"/assessments/{assessment_id}/sections/{name}"


def test_a_firm_is_begun_and_the_first_section_opens(begin, session):
    page = begin(name="武汉<b>&光谷机械", employees="１２０", industry="3484 机械零部件加工")
    assert page.heading == "企业概况"
    sheet = session.exec(select(Assessment)).one()
    assert (sheet.name, sheet.employees, sheet.industry) == ("武汉<b>&光谷机械", 120, "3484")
    assert session.exec(select(Firm)).one().name == "武汉一号机械有限公司"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "必须填写"),
        ("industry", "机械", "GB/T 4754"),
        ("employees", "一百", "不是数字"),
        ("employees", "-3", "最小值"),
        ("employees", "9" * 12, "范围"),
        ("revenue", "1e12", "范围"),
        ("name", "长" * 201, "最多"),
        ("name", "\u200b", "必须填写"),
    ],
)
def test_a_wrong_field_is_told_and_nothing_typed_is_lost(firm_visitor, session, field, typed, said):
    right = {"name": "甲乙丙", "region": "东湖", field: typed}
    page = firm_visitor.send(firm_visitor.get("/assessments/new"), status=422, **right)
    assert said in " ".join(page.problems())
    assert page.all("input", name=field)[0]["value"] == typed
    assert page.all("input", name="region")[0]["value"] == "东湖"
    assert not session.exec(select(Assessment)).all()


def test_the_facts_are_those_of_the_roster_until_corrected(firm_visitor):
    page = firm_visitor.get("/assessments/new")
    assert page.filled()["name"] == "武汉一号机械有限公司"
    assert page.filled()["revenue"] == "8600"
    assert "uscc" not in page.filled()
    assert "江岸区" in page.text


def test_a_sheet_that_is_open_is_gone_on_with(begin, firm_account, visitor, session):
    begin(firm_account)
    page = visitor.get("/assessments/new")
    assert "之前已经开始" in page.text
    assert page.heading == "网络与设备"
    assert len(session.exec(select(Assessment)).all()) == 1


def test_after_submission_another_sheet_may_be_begun(begin, firm_account, visitor, session):
    begin(firm_account)
    submit(visitor, 1)
    assert begin(firm_account, employees="90").heading == "企业概况"
    assert [a.employees for a in session.exec(select(Assessment))] == [120, 90]
    assert "2" not in [e["text"] for e in visitor.get("/assessments/").all("progress")]


def test_answers_are_kept_in_one_form_and_come_back(begin, visitor, session):
    page = begin()
    said = {
        "q.main_products": " 汽车座椅骨架 ",
        "q.founded": "２００９",
        "q.ownership": "private",
        "q.software": ["erp", "cad"],
        "q.cloud": "yes",
        "q.largest_customer_share": "",
        "q.largest_customer_share.state": ["~unknown"],
    }
    assert visitor.send(page, fields=said).heading == "网络与设备"
    kept = {a.question: a.raw for a in session.exec(select(Answer))}
    assert kept == {
        "main_products": "汽车座椅骨架",
        "founded": 2009,
        "ownership": "private",
        "software": ["erp", "cad"],
        "cloud": True,
        "largest_customer_share": {"state": "unknown"},
    }
    again = visitor.get(section(1, "profile")).filled()
    assert again["q.founded"] == "2009"
    assert again["q.software"] == ["erp", "cad"]
    assert again["q.cloud"] == ["yes"]
    assert again["q.largest_customer_share.state"] == ["~unknown"]


def test_an_answer_can_be_taken_back(begin, visitor, session):
    visitor.send(begin(), fields={"q.founded": "2009"})
    visitor.send(visitor.get(section(1, "profile")), fields={"q.founded": ""})
    assert not session.exec(select(Answer)).all()


def test_a_bad_answer_is_shown_again_and_the_good_ones_are_saved(begin, visitor, session):
    page = visitor.send(
        begin(), status=422, fields={"q.founded": "很久以前", "q.ownership": "state"}
    )
    assert page.all("input", name="q.founded")[0]["value"] == "很久以前"
    assert "不是数字" in " ".join(page.problems())
    assert [a.question for a in session.exec(select(Answer))] == ["ownership"]
    page = visitor.send(page, fields={"q.founded": "1998"})
    assert page.heading == "网络与设备"


def test_an_answer_beside_a_state_is_a_contradiction(begin, visitor):
    page = begin()
    both = {"q.founded": "1998", "q.founded.state": ["~unknown"]}
    assert "只留一个" in " ".join(visitor.send(page, status=422, fields=both).problems())


def test_none_with_others_is_told_and_kept_ticked(begin, visitor):
    begin()
    page = visitor.get(section(1, "equipment"))
    page = visitor.send(page, status=422, fields={"q.network": ["none", "a"]})
    assert "不能与其他选项同时选择" in " ".join(page.problems())
    assert page.filled()["q.network"] == ["none", "a"]


def test_not_applicable_needs_a_reason(begin, visitor, session):
    begin()
    page = visitor.get(section(1, "results"))
    page = visitor.send(page, status=422, fields={"q.energy_trend": "~not_applicable"})
    assert "须写明原因" in " ".join(page.problems())
    visitor.send(page, fields={"q.energy_trend.reason": "无独立电表"})
    assert session.exec(select(Answer)).one().raw == {
        "state": "not_applicable",
        "reason": "无独立电表",
    }


def test_a_conditional_question_appears_once_its_condition_is_saved(begin, visitor):
    begin()
    page = visitor.get(section(1, "equipment"))
    assert "hidden" in page.all("fieldset", id="equipment_digital")[0]
    visitor.send(page, fields={"q.equipment_total": "50", "q.equipment_digital": "20"})
    page = visitor.get(section(1, "equipment"))
    assert "hidden" not in page.all("fieldset", id="equipment_digital")[0]
    visitor.send(page, fields={"q.equipment_total": "0"})
    page = visitor.get(section(1, "equipment"))
    assert "hidden" in page.all("fieldset", id="equipment_digital")[0]
    assert page.filled()["q.equipment_digital"] == "20"


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_text_is_kept_as_typed_and_shown_as_text(begin, visitor, session, text):
    visitor.typed = text
    visitor.send(begin(name=text), fields={"q.main_products": text})
    assert session.exec(select(Answer)).one().raw == text
    page = visitor.get(section(1, "profile"))
    assert page.filled()["q.main_products"] == text
    assert text in page.text


def test_characters_that_nobody_sees_are_not_kept(begin, visitor, session):
    visitor.send(begin(name="甲\x00乙\x07"), fields={"q.main_products": "齿轮\x00\r\n轴"})
    assert session.exec(select(Assessment)).one().name == "甲乙"
    assert session.exec(select(Answer)).one().raw == "齿轮\n轴"
    visitor.send(visitor.get(section(1, "profile")), fields={"q.main_products": "\u200b"})
    session.expire_all()
    assert not session.exec(select(Answer)).all()


def test_text_beyond_its_length_is_told_and_kept_in_the_field(begin, visitor, session):
    page = visitor.send(begin(), status=422, fields={"q.main_products": "长" * 5000})
    assert "最多允许 200 个" in " ".join(page.problems())
    assert page.filled()["q.main_products"] == "长" * 5000
    assert not session.exec(select(Answer)).all()


def test_steps_are_numbered_as_the_help_names_them(begin, visitor):
    begin()
    page = visitor.get(section(1, "production"))
    labels = [e["text"] for e in page.all("label", for_="q.scene_quality-3")]
    assert labels[0].startswith("第 3 档 ")
    assert "选第 3 档" in page.text


def test_every_section_says_what_the_states_mean(begin, visitor):
    begin()
    for questions in ("profile", "results", "needs"):
        text = visitor.get(section(1, questions)).text
        assert "留空提交，与“不清楚”一样计分" in text


def test_a_second_tab_does_not_overwrite_silently(begin, visitor, session):
    first = begin()
    second = visitor.get(section(1, "profile"))
    visitor.send(first, fields={"q.ownership": "state", "q.founded": "1990"})
    page = visitor.send(
        second, status=409, fields={"q.ownership": "private", "q.main_products": "齿轮"}
    )
    assert "另一个窗口" in page.text
    assert "国有或集体" in " ".join(page.problems())
    assert page.filled()["q.ownership"] == ["private"]
    assert page.filled()["q.main_products"] == "齿轮"
    assert {a.question: a.raw for a in session.exec(select(Answer))}["ownership"] == "state"
    visitor.send(page)
    session.expire_all()
    assert {a.question: a.raw for a in session.exec(select(Answer))}["ownership"] == "private"


def test_an_expired_token_loses_nothing(begin, visitor, session):
    page = begin()
    page = visitor.send(page, status=400, drop=["csrf_token"], fields={"q.main_products": "齿轮"})
    assert page.filled()["q.main_products"] == "齿轮"
    assert not session.exec(select(Answer)).all()
    visitor.send(page)
    assert session.exec(select(Answer)).one().raw == "齿轮"


def test_save_and_leave_then_come_back(begin, visitor):
    page = visitor.send(begin(), then="leave", fields={"q.founded": "1998"})
    assert "已保存" in page.text
    link = next(e for e in page.all("a") if "继续填写" in e["text"])
    assert visitor.get(link["href"]).heading == "网络与设备"


def test_firm_facts_can_be_changed_until_submission(begin, visitor, session):
    begin()
    page = visitor.get("/assessments/1/firm")
    assert page.all("input", name="revenue")[0]["value"] == "8600"
    assert visitor.send(page, employees="350").heading == "企业概况"
    assert session.exec(select(Assessment)).one().employees == 350
    stale = visitor.send(page, status=409, employees="1")
    assert stale.all("input", name="employees")[0]["value"] == "1"


def test_review_names_what_is_missing_and_asks_for_confirmation(begin, visitor, session):
    begin()
    page = visitor.get("/assessments/1/review")
    assert "还有 31 道必答题未作答" in page.text
    links = [e["href"] for e in page.all("a") if "#scene_quality" in e.get("href", "")]
    assert links == [section(1, "production") + "#scene_quality"]
    page = visitor.send(page, status=422)
    assert "请先勾选确认" in " ".join(page.problems())
    assert "还没有提交" in next(e["text"] for e in page.all("div") if e.get("role") == "alert")
    assert session.exec(select(Assessment)).one().status == "draft"


@pytest.mark.parametrize(
    "path", ["/assessments/99", "/assessments/1/sections/nothing", f"/assessments/{2**63}"]
)
def test_what_is_not_there_is_not_found(begin, visitor, path):
    begin()
    assert visitor.get(path, status=404).heading == "没有这个页面"
