import csv
import json

import questionnaires
from diagnose.running.outputs import write_rejected, write_scores
from models.scoring import Scorer, load_standard
from questionnaires.check import check_answers
from questionnaires.readers import Rejection
from questionnaires.text import Text


def test_no_answers_no_score(tmp_path):
    asks = questionnaires.load("sme-2024")
    sheets = check_answers(asks, {}, {"uscc": "91350100M000100Y43"}).sheets
    scores = Scorer(load_standard("sme-2024"), asks).score(sheets)
    write_scores(tmp_path / "scores.jsonl", sheets.firms, [scores], "zh")
    line = json.loads((tmp_path / "scores.jsonl").read_text("utf-8"))
    assert (line["score"], line["level"], line["answered"]) == (None, 0, 0)
    assert line["could_add"] == 100


def test_what_was_typed_is_no_formula(tmp_path):
    rejection = Rejection(3, "name", "=1+1", "missing", Text("缺", "missing"), "＝2")
    write_rejected(tmp_path / "rejected.csv", [rejection], "en")
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file)
    assert row == ["3", "'＝2", "name", "'=1+1", "missing", "missing"]
