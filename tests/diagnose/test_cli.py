"""The command line as a whole: quick to answer, with an example everywhere."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from diagnose.cli import COMMANDS, main

HEAVY = ("numpy", "scipy", "sklearn", "reportlab", "flask", "sqlmodel", "pydantic", "rich")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
        else:
            found.append((*path, name))
    return found


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_command_explains_itself_with_an_example(path):
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert f"Example: diagnose {' '.join(path)}" in result.output


def test_help_names_every_command_and_loads_no_heavy_library():
    script = (
        "import sys\nfrom diagnose.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("content", ["questionnaires", "standards", "catalogue"])
def test_shipped_content_passes_its_own_linter(content):
    result = CliRunner().invoke(main, [content, "check"])
    assert result.exit_code == 0, result.output


def test_a_bad_questionnaire_is_named_with_place_rule_and_remedy(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("id: x\nversion: 1.0.0\ntitle: {zh: 甲, en: A}\nsections: []\ncolour: red\n")
    result = CliRunner().invoke(main, ["questionnaires", "check", str(path), "--language", "en"])
    assert result.exit_code == 1
    assert f"{path}:5:" in result.output
    assert "→" in result.output


@pytest.mark.parametrize("path", [("questionnaires", "list"), ("standards", "list")], ids=" ".join)
def test_lists_name_what_is_shipped(path):
    assert "sme-2024" in CliRunner().invoke(main, [*path]).output
    assert "sme-2024" in CliRunner().invoke(main, [*path, "--json"]).output


def test_show_prints_every_question_and_unknown_ids_get_a_sentence():
    shown = CliRunner().invoke(main, ["questionnaires", "show", "sme-2024"])
    assert "scene_decision" in shown.output
    for content in ("questionnaires", "standards"):
        unknown = CliRunner().invoke(main, [content, "show", "nope"])
        assert unknown.exit_code == 2
        assert len(unknown.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("run", "缺少 SHEETS", "SHEETS is missing"),
        ("run x", "缺少 --out", "--out is missing"),
        ("run x --out", "--out 后面缺少值", "--out needs a value"),
        ("run x y --out z", "多出了参数", "too many arguments"),
        ("run x --out y --until pers", "可选 score", "choose from score"),
        ("run x --out y --untill peers", "是否应为 --until", "Did you mean --until"),
        (
            "run x --out y --date 2026-02-30",
            "--date 的值不对：日期",
            "wrong: write a day",
        ),
        ("run x --out y --seed a", "应为整数。", "a whole number."),
        ("demo --firms 0", "1 至 100000", "from 1 to 100000"),
        ("rum", "没有子命令“rum”", 'no command "rum"'),
        ("questionnaires shw", "没有子命令“shw”", 'no command "shw"'),
    ],
)
def test_a_mistyped_command_line_is_told_in_the_language_asked_for(typed, zh, en):
    spoken = CliRunner().invoke(main, typed.split())
    assert spoken.exit_code == 2
    assert zh in spoken.output
    spoken = CliRunner(env={"DIAGNOSE_LOCALE": "en"}).invoke(main, typed.split())
    assert spoken.exit_code == 2
    assert en in spoken.output


def test_the_language_of_errors_may_be_said_on_the_line_itself():
    for option in (["--language", "en"], ["--language=en"]):
        assert "missing" in CliRunner().invoke(main, ["run", *option]).output


@pytest.mark.parametrize(
    ("variables", "toml", "expected"),
    [
        ({"DIAGNOSE_LOCLE": "zh"}, "", "没有设置项 DIAGNOSE_LOCLE"),
        ({}, 'colour = "red"', "没有设置项 colour"),
        ({"DIAGNOSE_LOCALE": "fr"}, "", "设置项 locale 的值不对"),
        ({}, "locale", "不是有效的 TOML"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "upgrade"])
def test_a_wrong_setting_is_told_in_a_sentence(tmp_path, command, variables, toml, expected):
    (tmp_path / "settings.toml").write_text(toml)
    env = {"DIAGNOSE_INSTANCE": str(tmp_path), **variables}
    result = CliRunner(env=env).invoke(main, [command])
    assert result.exit_code == 2, result.output
    assert expected in result.output
    assert len(result.output.strip().splitlines()) == 1
