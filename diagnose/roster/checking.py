"""What is wrong with an event by itself, or with what came before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, select
from stdnum.cn import uscc as codes

from diagnose.records import Firm, FirmEntry
from diagnose.records.roster import Change, Ground
from diagnose.refusing import RefusedFor
from diagnose.roster.keeping import AHEAD
from diagnose.roster.projection import fold
from diagnose.roster.stands import FACTS, SAYS, Event
from questionnaires.clock import today
from questionnaires.text import Text

EARLIEST = date(1949, 10, 1)

TOO_EARLY = Text("生效日期早于 1949 年，请核对。", "The effective date lies before 1949; check it.")
TOO_LATE = Text(
    "生效日期在一年以后，请核对。", "The effective date is more than a year ahead; check it."
)
OF_DAY = (TOO_EARLY, TOO_LATE)
BAD_CODE = Text(
    "统一社会信用代码“{code}”不正确：应为 18 位，最后一位是校验码。",
    "“{code}” is no unified social credit code: 18 characters, the last a check digit.",
)
TAKEN = Text(
    "统一社会信用代码 {code} 已属于另一家企业。", "The code {code} belongs to another firm."
)
WANTING = {
    "name": Text("请填写新名称。", "Give the new name."),
    "uscc": Text("请填写新代码。", "Give the new code."),
    "industry": Text("请填写新行业代码。", "Give the new industry code."),
}
BAD_FACT = Text(
    "“{value}”不能作为{name}，请核对。", "“{value}” cannot be kept as {name}; check it."
)
NO_OTHER = Text("请选择合并后存续的另一家企业。", "Choose the firm that goes on after the merger.")
NOT_HERE = Text(
    "“{name}”不在本辖区，不能作为关联企业。", "“{name}” does not belong to this district."
)
BAD_GROUND = Text("请选择免诊依据。", "Choose the ground of the exemption.")
NAMED = {
    "name": Text("企业名称", "a name"),
    "industry": Text("行业代码", "an industry code"),
    "employees": Text("从业人员", "a number of employees"),
    "revenue": Text("营业收入", "a revenue"),
}
OTHER_FACT = Text("企业资料", "a fact of the firm")


class EventRefused(RefusedFor):
    """The event cannot be recorded; `problems` say why. Whoever catches it must not commit."""


class HistoryRefused(EventRefused):
    """What is known to have happened before or after leaves no room for the event on its day."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as it would be recorded: it counts after all that happened on its day."""

    change: str
    effective_on: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    voids_id: int | None = None
    id: int | None = 1 << 62


def check_draft(
    session: Session,
    firm: Firm,
    change: Change,
    effective_on: date,
    facts: dict[str, Any],
    other: Firm | None,
) -> None:
    """Refuse what is wrong with an event by itself."""
    problems = list(_day_problems(effective_on))
    about = SAYS.get(change)
    if about and not facts.get(about):
        problems.append(WANTING[about])
    if facts.get("uscc"):
        facts["uscc"] = str(facts["uscc"]).strip().upper()
        problems += _code_problems(session, firm, facts["uscc"])
    problems += _fact_problems(firm, facts)
    if "ground" in facts and facts["ground"] not in set(Ground) - {Ground.NONE}:
        problems.append(BAD_GROUND)
    if change == Change.MERGED and (other is None or other.id == firm.id):
        problems.append(NO_OTHER)
    elif other is not None and other.district != firm.district:
        problems.append(_with(NOT_HERE, name=other.name))
    if problems:
        raise EventRefused(*problems)


def _day_problems(day: date) -> Iterable[Text]:
    if day < EARLIEST:
        yield TOO_EARLY
    if day > today() + AHEAD:
        yield TOO_LATE


def _code_problems(session: Session, firm: Firm, code: str) -> Iterable[Text]:
    if not codes.is_valid(code):
        yield _with(BAD_CODE, code=code)
    elif session.exec(select(Firm.id).where(Firm.uscc == code, Firm.id != firm.id)).first():
        yield _with(TAKEN, code=code)


def _fact_problems(firm: Firm, facts: dict[str, Any]) -> Iterable[Text]:
    """Check the facts as a firm's row is checked; what passes is kept as the row keeps it."""
    given = {name: value for name, value in facts.items() if name in FACTS and name != "uscc"}
    held = {name: getattr(firm, name) for name in FirmEntry.model_fields}
    try:
        entry = FirmEntry.model_validate(held | given)
    except ValidationError as error:
        for wrong in error.errors():
            name = str(wrong["loc"][0])
            said = NAMED.get(name, OTHER_FACT)
            value = given.get(name, "")
            yield Text(
                BAD_FACT.zh.format(value=value, name=said.zh),
                BAD_FACT.en.format(value=value, name=said.en),
            )
        return
    facts.update({name: getattr(entry, name) for name in given})


def new_problems(events: Sequence[Event], draft: Event) -> tuple[Text, ...]:
    """What becomes impossible by one more event that was not so before."""
    known = {(held.event.id, held.why) for held in fold(events).impossible}
    after = fold([*events, draft]).impossible
    return tuple(held.why for held in after if (held.event.id, held.why) not in known)


def _with(text: Text, **held: str) -> Text:
    return Text(text.zh.format(**held), text.en.format(**held))
