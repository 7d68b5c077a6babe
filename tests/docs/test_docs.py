"""What the documentation promises is there, and what is there is documented."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

import questionnaires
from diagnose.cli import main
from diagnose.running.staging import PROMISED
from models.roadmap.catalogue_rules import RULES as CATALOGUE_RULES
from models.scoring.faults import RULES as STANDARD_RULES
from models.scoring.linting import check_standard_file
from questionnaires import problems
from questionnaires.kinds import KINDS
from questionnaires.linting import check_file
from questionnaires.readers import read_sheets
from questionnaires.rules import RULES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
EDITIONS = [(page, page.with_name(f"{page.stem}.zh-CN.md")) for page in PAGES]
PAIRS = [pair for pair in EDITIONS if pair[1].exists()]
ANALYST = ["analyst.md", "analyst.zh-CN.md"]
CODES = sorted(one.code for one in vars(problems).values() if isinstance(one, problems.Template))
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", text)


def commands(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from commands(found, (*path, name))


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_is_on_the_authors_page(kind):
    assert f"| `{kind}` |" in page("author.md")


@pytest.mark.parametrize("code", [*RULES, *STANDARD_RULES, *CATALOGUE_RULES])
def test_every_linter_code_is_on_the_authors_page(code):
    assert f"| {code} |" in page("author.md")


@pytest.mark.parametrize("name", ANALYST)
@pytest.mark.parametrize("code", CODES)
def test_every_code_of_rejected_rows_is_on_the_analysts_page(code, name):
    assert f"`{code}`" in page(name)


@pytest.mark.parametrize("name", ANALYST)
@pytest.mark.parametrize("file", PROMISED)
def test_every_promised_file_has_its_place_on_the_analysts_page(file, name):
    headings = [line for line in page(name).splitlines() if line.startswith("### ")]
    assert any(file in heading for heading in headings)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_is_on_the_operators_page(path):
    group, *rest = path.split(" ")
    row = next(line for line in page("operator.md").splitlines() if f"`diagnose {group}" in line)
    assert all(f"`{name}" in row or f" {name}" in row for name in rest)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_is_on_a_page(path):
    text = page("operator.md") + page("analyst.md")
    options = [one for one in COMMANDS[path].params if isinstance(one, click.Option)]
    missing = [one.opts[0] for one in options if f"`{one.opts[0]}" not in text]
    assert not missing


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_helps_with_an_example(path):
    result = CliRunner().invoke(main, [*path.split(" "), "--help"])
    assert result.exit_code == 0
    assert "Example: diagnose" in result.output


def test_the_authors_examples_have_no_faults_and_their_results_are_right(tmp_path):
    whole = [block for block in fenced(page("author.md"), "yaml") if block.count("\n") > 1]
    questionnaire, standard, examples = whole
    (tmp_path / "examples").mkdir()
    (tmp_path / "gas-2025.yaml").write_text(questionnaire, encoding="utf-8")
    (tmp_path / "quick-2025.yaml").write_text(standard, encoding="utf-8")
    (tmp_path / "examples" / "quick-2025.yaml").write_text(examples, encoding="utf-8")
    assert check_file(tmp_path / "gas-2025.yaml") == []
    assert check_standard_file(tmp_path / "quick-2025.yaml") == []


def test_the_example_sheet_is_the_same_in_both_editions():
    assert fenced(page("analyst.md"), "json") == fenced(page("analyst.zh-CN.md"), "json")


def test_the_example_sheet_is_read_whole(tmp_path):
    reading = read_sheets(example_sheet(tmp_path), questionnaires.load("sme-2024"))
    assert reading.rejected == ()
    assert len(reading.sheets) == 1


@pytest.mark.parametrize("name", ANALYST)
def test_every_column_of_the_results_is_on_the_analysts_page(tmp_path, name):
    arguments = ["run", str(example_sheet(tmp_path)), "--out", str(tmp_path), "--until", "roadmap"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    text = page(name)
    for file in ("scores.jsonl", "peers.jsonl", "roadmaps.jsonl"):
        line = json.loads((tmp_path / file).read_text(encoding="utf-8"))
        keys = [*line, *(key for project in line.get("projects", []) for key in project)]
        assert [key for key in keys if f"`{key}`" not in text] == []
    header = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").strip()
    assert [column for column in header.split(",") if f"`{column}`" not in text] == []


@pytest.mark.parametrize(("name", "language"), [("analyst.md", "en"), ("analyst.zh-CN.md", "zh")])
def test_every_column_of_the_workbook_is_on_the_analysts_page(name, language):
    words = yaml.safe_load((ROOT / "reports/text/workbook.yaml").read_text(encoding="utf-8"))
    heads = [*words["sheet"].values(), *words["column"].values()]
    plain = [re.sub(r"[(（].*|{part}", "", head[language]).strip() for head in heads]
    assert [head for head in plain if head not in page(name)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(path):
    targets = [target for target, _ in LINK.findall(path.read_text(encoding="utf-8"))]
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda path: path.stem)
def test_both_editions_have_the_same_headings(english, chinese):
    assert headings(english) == headings(chinese)


def test_every_user_page_has_its_chinese_edition():
    with_chinese = {english.name for english, _ in PAIRS}
    assert {"README.md", "firm.md", "analyst.md", "method.md"} <= with_chinese


def headings(path: Path) -> list[int]:
    text = re.sub(
        r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    return [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]


def example_sheet(folder: Path) -> Path:
    [example] = fenced(page("analyst.md"), "json")
    path = folder / "example.jsonl"
    path.write_text(example, encoding="utf-8")
    return path
