"""What a roadmap says in words: notes, and why a rival lost."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.text import Text

# Notes.
NOTHING_ANSWERED = Text(
    "计分题和场景题都还没有回答，无法推荐项目。",
    "No scored question or scene is answered yet, so no project can be recommended.",
)
NOTHING_LEFT = Text(
    "按现有回答，目录中没有项目还能提升该企业。",
    "By the answers given, no project of the catalogue would raise this firm any further.",
)
TOO_SMALL = Text(
    "每年预算 {budget:.1f} 万元，低于最便宜的可用项目“{name}”（约 {cost:.1f} 万元，参考估算），"
    "因此没有安排项目。",
    "The budget of {budget_yuan:,.0f} yuan a year is below the cheapest project that would help, "
    "“{name}” (about {cost_yuan:,.0f}, an estimate), so nothing is planned.",
)
NO_PLAN = Text(
    "在这份预算内，没有一组项目既满足前置条件又值得花这笔钱。",
    "Within this budget no set of projects meets its prerequisites and is worth its cost.",
)
LEVEL_MISSED = Text(
    "按此预算，{years} 年内未能达到{level}，计划先补最有价值的短板。",
    "Within {years} years and this budget the plan does not reach {level}; it makes good what "
    "counts most.",
)
SIZE_UNKNOWN = Text(
    "企业规模未知，费用按小型企业估算。",
    "The firm's size is not known; costs are those of a small firm.",
)
UNANSWERED = Text(
    "有 {count} 道计分题或场景题未回答，没有据此推荐项目。",
    "Scored questions and scenes without an answer: {count}; no project rests on them.",
)
RETURNING = Text(
    "其中按年付费的项目在计划期后仍需续费。",
    "Fees marked as yearly go on after the plan.",
)

# Why a rival lost.
NOT_AT_SIZE = Text("这类规模的企业不适用。", "It is not offered to firms of this size.")
ON_REQUEST = Text(
    "是否需要要到现场确认，回答里看不出来，因此不自动安排。",
    "Whether it is needed shows on site, not in the answers, so it is not planned by itself.",
)
OVER_BUDGET = Text(
    "约需 {cost:.1f} 万元，超过任何一年的预算（最多 {budget:.1f} 万元）。",
    "It takes about {cost_yuan:,.0f} yuan, more than the budget of any year "
    "({budget_yuan:,.0f} at most).",
)
NEEDS_IMPOSSIBLE = Text(
    "需先完成{needs}，而这在预算内无法实现或不适用。",
    "It needs {needs} first, which cannot be had within the budget or does not suit.",
)
COVERED = Text(
    "能提升的部分已由{others}覆盖。", "What it would raise is already covered by {others}."
)
NEEDS_MORE = Text(
    "需先完成{needs}，连同前置共约 {cost:.1f} 万元，按投入产出不及已选项目。",
    "It needs {needs} first, together about {cost_yuan:,.0f} yuan, and gives less for that than "
    "what was chosen.",
)
NO_ROOM = Text(
    "排完已选项目后，哪一年的余额都不够它的约 {cost:.1f} 万元；已选项目更划算。",
    "After the chosen projects no year has the {cost_yuan:,.0f} yuan it takes; those give more "
    "for the money.",
)
FULL = Text(
    "本企业规模每年最多安排 {most} 个项目，各年都已排满；已选项目更有价值。",
    "A firm of this size plans at most {most} projects a year, and every year is full; "
    "those chosen give more.",
)
LESS_GAIN = Text(
    "还可安排，但增加的成效抵不上约 {cost:.1f} 万元的投入，或赶不上时序要求。",
    "It could be fitted in, but adds too little for its {cost_yuan:,.0f} yuan, or not in time.",
)

_BOTH = Text("和", " and ")
_OR = Text("或", " or ")
_SOME = Text("其中 {least} 项：{names}", "{least} of: {names}")


def priced(text: Text, **amounts: object) -> Text:
    """The text with amounts given in 万元 filled in; English speaks of yuan."""
    yuan = {f"{key}_yuan": v * 10_000 for key, v in amounts.items() if isinstance(v, float)}
    return text.format(**amounts, **yuan)


def together(names: Sequence[Text]) -> Text:
    """All of the names: “A”和“B”."""
    return _joined([_quoted(name) for name in names], _BOTH)


def needed(least: int, names: Sequence[Text]) -> Text:
    """At least `least` of the names: “A”或“B”."""
    quoted = [_quoted(name) for name in names]
    if least == len(names):
        return _joined(quoted, _BOTH)
    if least == 1:
        return _joined(quoted, _OR)
    return _SOME.format(least=least, names=_joined(quoted, Text("、", ", ")))


def all_needed(needs: Sequence[Text]) -> Text:
    """Several needs in one sentence."""
    return _joined(needs, _BOTH)


def _quoted(name: Text) -> Text:
    return Text(f"“{name.zh}”", f"“{name.en}”")


def _joined(texts: Sequence[Text], word: Text) -> Text:
    return Text(word.zh.join(t.zh for t in texts), word.en.join(t.en for t in texts))


def sentences(parts: Sequence[Text]) -> Text | None:
    """Sentences one after the other; None where there are none."""
    return _joined(parts, Text("", " ")) if parts else None
