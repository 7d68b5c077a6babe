"""The firm's facts as typed: checked by the questionnaire's own rules, kept as a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import ValidationError

from diagnose.records import FirmEntry
from models.firms import industry_codes, industry_name
from questionnaires.check import RawSheet, check_rows
from questionnaires.model import Questionnaire
from questionnaires.text import Text
from questionnaires.writers import raw_firm

OUT_OF_RANGE = Text(
    "超出了可以填写的范围，请核对，尤其是单位。", "Beyond what can be kept; check it and its unit."
)


@dataclass(frozen=True, slots=True)
class CheckedFirm:
    """The firm, or what is wrong with it by field."""

    entry: FirmEntry | None
    problems: Mapping[str, Text]


def check_firm(questionnaire: Questionnaire, typed: Mapping[str, object]) -> CheckedFirm:
    """Check what was typed as any answer sheet's firm is checked."""
    reading = check_rows(questionnaire, [RawSheet(0, typed, {})])
    if reading.rejected:
        return CheckedFirm(None, {found.column: found.reason for found in reading.rejected})
    try:
        return CheckedFirm(FirmEntry.model_validate(raw_firm(reading.sheets.firms, 0)), {})
    except ValidationError as error:
        return CheckedFirm(None, {str(found["loc"][0]): OUT_OF_RANGE for found in error.errors()})


@cache
def industries() -> tuple[tuple[str, Text], ...]:
    """Every industry code with its name, to choose from."""
    return tuple((code, industry_name(code)) for code in industry_codes())
