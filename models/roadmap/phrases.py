"""What a roadmap says in words: notes, and why a rival lost."""

from __future__ import annotations

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
    "The budget of {budget:.1f} a year (万元) is below the cheapest project that would help, "
    "“{name}” (about {cost:.1f}, an estimate), so nothing is planned.",
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
    "{count} scored questions or scenes are not answered; no project rests on them.",
)
RETURNING = Text(
    "其中按年付费的项目在计划期后仍需续费。",
    "Fees marked as yearly go on after the plan.",
)

# Why a rival lost.
NOT_AT_SIZE = Text("这类规模的企业不适用。", "It is not offered to firms of this size.")
OVER_BUDGET = Text(
    "约需 {cost:.1f} 万元，超过任何一年的预算（最多 {budget:.1f} 万元）。",
    "It takes about {cost:.1f} (万元), more than the budget of any year ({budget:.1f} at most).",
)
NEEDS_IMPOSSIBLE = Text(
    "需先完成{needs}，而该前置项目在预算内无法实现或不适用。",
    "It needs {needs} first, which cannot be had within the budget or does not suit.",
)
COVERED = Text(
    "能提升的部分已由{others}覆盖。", "What it would raise is already covered by {others}."
)
NEEDS_MORE = Text(
    "需先完成{needs}，连同前置共约 {cost:.1f} 万元，按投入产出不及已选项目。",
    "It needs {needs} first, together about {cost:.1f} (万元), and gives less for that than what "
    "was chosen.",
)
NO_ROOM = Text(
    "排完已选项目后，哪一年的余额都不够它的约 {cost:.1f} 万元；已选项目更划算。",
    "After the chosen projects no year has the {cost:.1f} (万元) it takes; those give more for "
    "the money.",
)
LESS_GAIN = Text(
    "还可安排，但增加的成效抵不上约 {cost:.1f} 万元的投入，或赶不上时序要求。",
    "It could be fitted in, but adds too little for its {cost:.1f} (万元), or not in time.",
)


def joined(names: list[Text]) -> Text:
    """Names in a row: “A”、“B” and "A", "B"."""
    return Text(
        "、".join(f"“{name.zh}”" for name in names), ", ".join(f"“{name.en}”" for name in names)
    )


def sentences(parts: list[Text]) -> Text | None:
    """Sentences one after the other; None where there are none."""
    if not parts:
        return None
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))
