"""`diagnose run`: the promised files, exit codes, and what happens to bad input."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from diagnose.cli import main
from diagnose.fictional import district
from questionnaires.writers import write_sheets

DAY = ["--date", "2026-11-22"]
EXAMPLES = Path(__file__).parents[2] / "examples" / "sheets"
MIXED = EXAMPLES / "eight-good-eight-bad.jsonl"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["run", *map(str, arguments), *DAY])


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    path = tmp_path_factory.mktemp("sheets") / "sheets.jsonl"
    write_sheets(district(12, seed=3).sheets, path)
    return path


@pytest.fixture(scope="module")
def results(sheets, tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "results"
    result = run(sheets, "--out", out)
    assert result.exit_code == 0, result.output
    return out


def test_writes_every_promised_file(results):
    assert {path.name for path in results.iterdir()} == {
        "scores.jsonl",
        "groups.json",
        "peers.jsonl",
        "roadmaps.jsonl",
        "reports",
        "summary.xlsx",
        "rejected.csv",
    }
    assert len(list((results / "reports").glob("*.pdf"))) == 12


def test_lines_hold_what_is_promised(results):
    score, peer = lines(results / "scores.jsonl")[0], lines(results / "peers.jsonl")[0]
    roadmap = lines(results / "roadmaps.jsonl")[0]
    assert {
        *("uscc", "standard", "version", "score", "level", "level_name"),
        *("parts", "answered", "of", "could_add"),
    } <= set(score)
    assert set(score["parts"]) == {"foundation", "management", "results"}
    assert score["of"] == 31
    assert {"uscc", "group", "peers", "suppressed"} <= set(peer)
    assert {"uscc", "budget", "projects", "level_after", "optimal", "gap"} <= set(roadmap)
    for project in roadmap["projects"]:
        assert {"id", "year", "cost", "gain", "because"} <= set(project)


def test_a_report_is_a_pdf_with_the_firm_on_its_cover(results, sheets):
    firm = lines(sheets)[0]["firm"]
    pdf = pypdf.PdfReader(results / "reports" / f"{firm['uscc']}.pdf")
    assert 10 <= len(pdf.pages) <= 20
    text = pdf.pages[0].extract_text().replace("\n", "")
    assert firm["uscc"] in text
    assert "2026" in text


def test_the_workbook_opens_again(results):
    book = CalamineWorkbook.from_path(results / "summary.xlsx")
    assert len(book.sheet_names) == 3
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 13
    assert {row[0] for row in rows[1:]} == {one["uscc"] for one in lines(results / "scores.jsonl")}


def test_two_runs_are_byte_identical(results, sheets, tmp_path):
    run(sheets, "--out", tmp_path / "again")
    assert files(tmp_path / "again") == files(results)


def test_row_order_changes_the_order_of_lines_and_nothing_else(results, sheets, tmp_path):
    turned = tmp_path / "turned.jsonl"
    turned.write_text(
        "".join(reversed(sheets.read_text("utf-8").splitlines(keepends=True))), "utf-8"
    )
    run(turned, "--out", tmp_path / "turned", "--until", "score")
    assert lines(tmp_path / "turned" / "scores.jsonl") == lines(results / "scores.jsonl")[::-1]


def test_english_reports_and_words(sheets, tmp_path):
    one = tmp_path / "one.jsonl"
    one.write_text(sheets.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    result = run(one, "--out", tmp_path / "out", "--language", "en")
    assert result.exit_code == 0
    assert "Firms diagnosed: 1. Rows rejected: 0." in result.output
    (pdf,) = (tmp_path / "out" / "reports").glob("*.pdf")
    assert "diagnosis" in pypdf.PdfReader(pdf).pages[0].extract_text().lower()


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("score", {"scores.jsonl", "summary.xlsx", "rejected.csv"}),
        ("peers", {"scores.jsonl", "groups.json", "peers.jsonl", "summary.xlsx", "rejected.csv"}),
    ],
)
def test_goes_only_as_far_as_asked_and_leaves_nothing_stale(
    results, sheets, tmp_path, until, expected
):
    out = tmp_path / "out"
    shutil.copytree(results, out)
    (out / "notes.txt").write_text("mine")
    run(sheets, "--out", out, "--until", until)
    assert {path.name for path in out.iterdir()} == expected | {"notes.txt"}


def test_eight_good_rows_are_diagnosed_and_eight_bad_ones_named(tmp_path):
    result = run(MIXED, "--out", tmp_path, "--until", "roadmap")
    assert result.exit_code == 3
    assert len(lines(tmp_path / "scores.jsonl")) == 8
    rejected = (tmp_path / "rejected.csv").read_text("utf-8-sig").splitlines()[1:]
    assert {int(row.split(",")[0]) for row in rejected} == {2, 4, 6, 8, 10, 12, 14, 16}


def test_a_row_with_two_problems_is_one_rejected_row(sheets, tmp_path):
    row = lines(sheets)[0]
    row["firm"]["employees"], row["answers"] = -1, {"nope": 1}
    bad = tmp_path / "bad.jsonl"
    bad.write_text(sheets.read_text("utf-8") + json.dumps(row) + "\n", "utf-8")
    result = run(bad, "--out", tmp_path / "out", "--until", "score", "--language", "en")
    assert len((tmp_path / "out" / "rejected.csv").read_text("utf-8").splitlines()) > 2
    assert "Firms diagnosed: 12. Rows rejected: 1." in result.output


def test_a_file_of_bad_rows_only_diagnoses_nothing_and_says_why(tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(MIXED.read_text("utf-8").splitlines(keepends=True)[1], "utf-8")
    result = run(bad, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"rejected.csv"}


def test_a_file_of_bad_rows_only_leaves_earlier_results(results, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(results, out)
    bad = tmp_path / "bad.jsonl"
    bad.write_text(MIXED.read_text("utf-8").splitlines(keepends=True)[1], "utf-8")
    run(bad, "--out", out)
    before, after = files(results), files(out)
    assert after.pop("rejected.csv") != before.pop("rejected.csv")
    assert after == before


@pytest.mark.parametrize("kind", ["missing", "empty", "folder", "binary", "suffix"])
def test_an_unreadable_file_gets_a_sentence_and_leaves_nothing(tmp_path, kind):
    path = tmp_path / ("sheets.docx" if kind == "suffix" else "sheets.jsonl")
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes({"binary": bytes(range(256)) * 64}.get(kind, b""))
    result = run(path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_an_unknown_questionnaire_standard_or_groups_file_is_refused(sheets, tmp_path):
    for wrong in (["--questionnaire", "nope"], ["--standard", "nope"], ["--groups", sheets]):
        result = run(sheets, "--out", tmp_path / "out", *wrong)
        assert result.exit_code == 2, wrong
        assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_groups_of_a_larger_pool_serve_a_small_district(sheets, tmp_path):
    pool = tmp_path / "pool.jsonl"
    write_sheets(district(600, seed=1).sheets, pool)
    assert run(pool, "--out", tmp_path / "pool", "--until", "peers").exit_code == 0
    groups = tmp_path / "pool" / "groups.json"
    result = run(sheets, "--out", tmp_path / "out", "--until", "peers", "--groups", groups)
    assert result.exit_code == 0, result.output
    known = {group["id"] for group in json.loads(groups.read_text("utf-8"))["groups"]}
    assert known
    assert {line["group"] for line in lines(tmp_path / "out" / "peers.jsonl")} <= known | {None}


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
from diagnose.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(("until", "firms"), [("score", 12), ("report", 2)])
def test_where_nothing_can_be_written_earlier_results_stay_whole(
    results, sheets, tmp_path, until, firms
):
    out, few = tmp_path / "out", tmp_path / "few.jsonl"
    few.write_bytes(b"".join(sheets.read_bytes().splitlines(keepends=True)[:firms]))
    shutil.copytree(results, out)
    before = files(out)
    command = [sys.executable, "-c", LIMITED, "run", few, "--out", out, "--until", until, *DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert files(out) == before


def test_the_output_folder_may_not_be_a_file(sheets, tmp_path):
    (tmp_path / "out").write_text("mine")
    result = run(sheets, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("name", ["rejected.csv", "reports/sheets.jsonl"])
def test_the_sheets_are_never_written_over(results, sheets, tmp_path, name):
    out = tmp_path / "out"
    shutil.copytree(results, out)
    shutil.copy(sheets, out / name)
    before = files(out)
    result = run(out / name, "--out", tmp_path / "." / "out", "--until", "score")
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert files(out) == before


def test_groups_that_results_would_replace_are_refused(results, sheets, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(results, out)
    result = run(sheets, "--out", out, "--groups", out / "groups.json")
    assert result.exit_code == 2
    assert files(out) == files(results)


def test_groups_are_not_needed_before_peers(results, sheets, tmp_path):
    groups = results / "groups.json"
    result = run(sheets, "--out", tmp_path / "out", "--groups", groups, "--until", "score")
    assert result.exit_code == 0, result.output
    assert not (tmp_path / "out" / "groups.json").exists()


def test_groups_from_elsewhere_are_told_by_their_file(results, sheets, tmp_path):
    groups = results / "groups.json"
    result = run(sheets, "--out", tmp_path / "out", "--groups", groups, "--until", "peers")
    assert str(groups) in result.output


@pytest.mark.parametrize("kind", ["missing", "folder", "no-json"])
def test_a_file_of_groups_that_cannot_be_read_is_told_of_in_chinese(sheets, tmp_path, kind):
    groups = {"missing": tmp_path / "nope.json", "folder": tmp_path, "no-json": sheets}[kind]
    result = run(sheets, "--out", tmp_path / "out", "--groups", groups)
    assert result.exit_code == 2
    assert "Errno" not in result.output
    assert "分组文件" in result.output


def test_headings_without_a_firm_get_a_sentence_and_write_nothing(tmp_path):
    path = tmp_path / "sheets.csv"
    path.write_text("uscc,name,network\n")
    result = run(path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "sheets.csv" in result.output
    assert not (tmp_path / "out").exists()


def test_a_problem_of_a_whole_row_names_no_column(tmp_path):
    result = run(MIXED, "--out", tmp_path, "--until", "score", "--language", "en")
    assert "line 14: This line" in result.output


def test_ctrl_c_ends_with_a_sentence_and_leaves_nothing(sheets, tmp_path):
    command = [sys.executable, "-c", INTERRUPTED, "run", sheets, "--out", tmp_path / "out", *DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


INTERRUPTED = """
import os, signal, sys
from diagnose.cli import main
from diagnose.story import Judge
def plan(*_):
    os.kill(os.getpid(), signal.SIGINT)
Judge.plan = plan
main(sys.argv[1:])
"""
