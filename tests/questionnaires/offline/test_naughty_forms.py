"""Every naughty text in every text field of an offline form comes back as a text."""

from io import BytesIO
from zipfile import ZipFile

from questionnaires.check import check_answers
from questionnaires.offline import FormFirm, read_form, write_form
from questionnaires.writers import raw_answers
from tests.naughty import NAUGHTY, as_answer, as_line, shared_out
from tests.questionnaires.offline.workbooks import cells_of
from tests.questionnaires.sheet_factory import example

QUESTIONNAIRE = example("every-kind")
FIELDS = ("story", "hidden", "pick", "count")


def answers_of(round_):
    """Two texts and two reasons, as a sheet keeps them."""
    texts = {"story": round_["story"], "hidden": round_["hidden"], "told": True}
    reasons = {
        question: {"state": "not_applicable", "reason": round_[question]}
        for question in ("pick", "count")
        if as_answer(round_[question])
    }
    checked = check_answers(QUESTIONNAIRE, texts | reasons)
    return raw_answers(checked.sheets, 0)


def test_naughty_texts_go_out_and_come_back_in_every_field():
    assert len(NAUGHTY) > 400
    for step in range(len(FIELDS)):
        for round_ in shared_out(FIELDS, step):
            answers = answers_of(round_)
            firm = FormFirm("91420102MA4K000000", as_line(round_["story"]))
            content = write_form(QUESTIONNAIRE, "zh", firm, answers, 0)
            reading = read_form(content, QUESTIONNAIRE, firm.uscc)
            assert not reading.problems, round_
            assert {q: raw for q, raw in reading.answers.items() if raw is not None} == answers
            assert not formulas(content), round_


def formulas(content):
    with ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n]
    return [xml for xml in sheets if b"<f>" in xml or b"<f " in xml or b't="str"' in xml]


def test_a_firms_naughty_name_stands_on_the_first_page_as_it_is():
    for name in ("=1+1", "<b>&", "_x0041_", "𠮷😀", "{0}%s"):
        firm = FormFirm("91420102MA4K000000", name)
        content = write_form(QUESTIONNAIRE, "en", firm, {}, 0)
        assert cells_of(content)["Read me first"][2][1] == name
