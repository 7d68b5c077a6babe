"""What is wrong with a command line, in the language that was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import NoReturn

import click

from questionnaires.text import Language, Text

MISSING = Text("缺少 {name}。", "{name} is missing.")
NO_OPTION = Text("没有选项 {name}。{hint}", "There is no option {name}.{hint}")
DID_YOU_MEAN = Text("是否应为 {names}？", " Did you mean {names}?")
NO_COMMAND = Text("没有子命令“{name}”。", 'There is no command "{name}".')
WRONG = Text("{name} 的值不对：{why}。", "The value of {name} is wrong: {why}.")
CHOOSE = Text("可选 {choices}", "choose from {choices}")
NO_VALUE = Text("{name} 后面缺少值。", "{name} needs a value.")
TOO_MUCH = Text(
    "多出了参数；名称里有空格的，请加引号。",
    "There are too many arguments; put quotes around a name that holds spaces.",
)
A_DAY = Text("日期写成 2026-11-30 这样", "write a day like 2026-11-30")
A_NUMBER = Text("应为整数{bounds}", "give a whole number{bounds}")
BOUNDS = Text("（{least} 至 {most}）", " from {least} to {most}")
MORE = Text("用法见 {command} --help", "See {command} --help")


def explain(error: click.UsageError, typed: Sequence[str]) -> NoReturn:
    """Say what is wrong in one sentence and where help is, then end with the error's exit code.

    A group without a subcommand is no mistake: it shows its help.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        raise error
    speak = _language(typed)
    click.echo(_sentence(error).to(speak), err=True)
    if error.ctx:
        click.echo(MORE.format(command=error.ctx.command_path).to(speak), err=True)
    sys.exit(error.exit_code)


def _language(typed: Sequence[str]) -> Language:
    after = dict(pairwise(typed)).get("--language")
    wanted = after or os.environ.get("DIAGNOSE_LOCALE")
    return "en" if wanted == "en" or "--language=en" in typed else "zh"


def _sentence(error: click.UsageError) -> Text:
    if isinstance(error, click.MissingParameter):
        return MISSING.format(name=_name(error.param))
    if isinstance(error, click.NoSuchOption):
        names = ", ".join(error.possibilities or ())
        hint = DID_YOU_MEAN.format(names=names) if names else ""
        return NO_OPTION.format(name=error.option_name, hint=hint)
    if isinstance(error, click.BadParameter) and error.param:
        return WRONG.format(name=_name(error.param), why=_expected(error.param.type, error.message))
    if isinstance(error, click.BadOptionUsage):
        return NO_VALUE.format(name=error.option_name)
    return _by_words(error.message)


def _by_words(message: str) -> Text:
    """Errors that have no class of their own."""
    if message.startswith("Got unexpected extra"):
        return TOO_MUCH
    if message.startswith("No such command"):
        return NO_COMMAND.format(name=message.split("'")[1])
    return Text(message, message)


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(click.Context(click.Command(None))) if param else "?"


def _expected(kind: object, message: str) -> Text:
    if isinstance(kind, click.Choice):
        return CHOOSE.format(choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.DateTime):
        return A_DAY
    if isinstance(kind, click.IntRange):
        return A_NUMBER.format(bounds=BOUNDS.format(least=kind.min, most=kind.max))
    if isinstance(kind, click.types.IntParamType):
        return A_NUMBER.format(bounds="")
    return Text(message, message)
