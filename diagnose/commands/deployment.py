"""The settings of this deployment, or a sentence on what is wrong with them."""

from __future__ import annotations

import os
from tomllib import TOMLDecodeError

from pydantic import ValidationError

from diagnose.commands.options import stop
from diagnose.running.trouble import said
from diagnose.settings import Settings
from questionnaires.text import Language, Text

PREFIX = "DIAGNOSE_"
UNKNOWN = Text(
    "没有设置项 {name}，请更正或删去。可用：{known}。",
    "There is no setting {name}; correct or remove it. There are {known}.",
)
WRONG = Text("设置项 {name} 的值不对：{why}", "The setting {name} is wrong: {why}")
NOT_TOML = Text("settings.toml 不是有效的 TOML：{why}", "settings.toml is not valid TOML: {why}")
NO_FOLDER = Text(
    "部署文件夹用不了：{why}。请检查 DIAGNOSE_INSTANCE。",
    "The instance folder cannot be used: {why}. Check DIAGNOSE_INSTANCE.",
)


def deployment() -> Settings:
    """Read the settings and make the instance folder ready; end the command where it fails."""
    speak: Language = "en" if os.environ.get("DIAGNOSE_LOCALE") == "en" else "zh"
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            stop(UNKNOWN.format(name=name, known=", ".join(known)), speak)
    try:
        return Settings().ready()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            stop(UNKNOWN.format(name=name, known=", ".join(Settings.model_fields)), speak)
        stop(WRONG.format(name=name, why=first["msg"]), speak)
    except TOMLDecodeError as error:
        stop(NOT_TOML.format(why=error), speak)
    except OSError as error:
        stop(NO_FOLDER.format(why=said(error)), speak)
