"""Dossiers for tests: whole reports of a weak, middling, strong or nearly empty firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from questionnaires.text import Text
from reports.dossier.model.appendices import (
    AnswerRow,
    AnswerSection,
    EstimateRow,
    Estimates,
    Method,
    MethodRow,
)
from reports.dossier.model.dossier import Dossier
from reports.dossier.model.findings import (
    Axis,
    Gaps,
    ItemRow,
    LevelRow,
    NeedRow,
    PartResult,
    Peers,
    Problem,
    ProblemGroup,
    Problems,
    ProjectRef,
    RankRow,
    ReasonRow,
    Result,
    SceneCell,
    Way,
    WayStep,
)
from reports.dossier.model.front import (
    Basis,
    Cover,
    Fact,
    Headline,
    KeyFigure,
    Profile,
    QualityFlag,
    Summary,
)
from reports.dossier.model.plans import (
    Action,
    Actions,
    Bar,
    Benefit,
    Investment,
    Plan,
    Prerequisite,
    ProjectCard,
    RaiseRow,
    RivalRow,
    YearCost,
)

ZH = (
    "本次测评依据企业自行填报的答卷得出，生产设备台账、系统清单和近两年的统计报表尚未在现场逐项核对，"
    "因此各项结论应当与车间负责人、信息化负责人和财务负责人共同复核后再用于立项。"
    "企业已经在财务管理与采购管理上使用信息系统，但生产现场的数据仍以人工抄录为主，"
    "设备联网比例不足两成，质量检验记录没有与批次关联，出现问题时很难追溯到工序与班组。"
)
EN = (
    "The findings rest on what the firm itself stated; equipment ledgers, lists of systems and the "
    "statistics of the last two years were not yet checked on site. Finance and purchasing run on "
    "systems, while data on the shop floor are still copied by hand, fewer than a fifth of the "
    "machines are connected, and quality records cannot be traced to batch, process and shift. "
)
SCENES = (
    ("product_design", "产品设计", "Product design", 0, True),
    ("process_design", "工艺设计", "Process design", 0, False),
    ("marketing", "营销管理", "Marketing", 0, True),
    ("after_sales", "售后服务", "After-sales service", 0, False),
    ("scheduling", "计划排程", "Planning and scheduling", 1, False),
    ("production", "生产管控", "Production control", 1, True),
    ("quality", "质量管理", "Quality management", 1, True),
    ("equipment", "设备管理", "Equipment management", 1, True),
    ("safety", "安全生产", "Safety", 1, True),
    ("energy", "能耗管理", "Energy", 1, True),
    ("procurement", "采购管理", "Procurement", 2, True),
    ("warehouse", "仓储物流", "Warehouse and logistics", 2, True),
    ("finance", "财务管理", "Finance", 3, True),
    ("hr", "人力资源", "Human resources", 3, False),
    ("office", "协同办公", "Office collaboration", 3, False),
    ("decision", "决策支持", "Decision support", 3, False),
)
CHAINS = (
    Text("产品生命周期数字化", "Product life cycle"),
    Text("生产执行数字化", "Production"),
    Text("供应链数字化", "Supply chain"),
    Text("管理决策数字化", "Management"),
)
PARTS = (
    ("foundation", Text("数字化基础", "Foundation"), 50.0),
    ("management", Text("数字化管理", "Management"), 30.0),
    ("results", Text("数字化成效", "Results"), 20.0),
)
SHARES = {"weak": 0.18, "middling": 0.55, "strong": 0.93, "empty": 0.0}
LEVELS = {"weak": 0, "middling": 2, "strong": 4, "empty": 0}
PROBLEMS = {"weak": 20, "middling": 11, "strong": 2, "empty": 0}
PROJECTS = {"weak": 8, "middling": 6, "strong": 2, "empty": 0}


def prose(zh: int = 100, en: int = 220, start: int = 0) -> Text:
    """Running text of so many characters, from somewhere in the sample."""
    return Text(
        ("".join([ZH[start % 90 :], ZH, ZH]))[: zh - 1] + "。",
        " ".join((f"{EN}{EN}{EN}")[start % 90 :].split()[1:])[: en - 1].rstrip() + ".",
    )


def make(
    strength: str = "middling", firm: str = "武汉江岸精密机械有限公司", **changes: Any
) -> Dossier:
    """A dossier; `changes` replace whole sections."""
    share, level = SHARES[strength], LEVELS[strength]
    score = round(100 * share, 3)
    cards = tuple(_card(number) for number in range(1, PROJECTS[strength] + 1))
    dossier = Dossier(
        cover=_cover(firm),
        summary=_summary(score, level, cards),
        profile=_profile(firm),
        basis=_basis(strength),
        result=_result(share, level, strength),
        peers=_peers(share, strength),
        gaps=_gaps(level),
        problems=_problems(PROBLEMS[strength]),
        plan=_plan(cards),
        investment=_investment(cards),
        actions=_actions(0 if strength == "empty" else 9),
        answers=_answers(strength),
        method=_method(),
        estimates=_estimates(),
        notice=(prose(120, 260, 7), prose(90, 200, 31)),
    )
    return replace(dossier, **changes)


def _cover(firm: str) -> Cover:
    return Cover(
        title=Text("企业数字化诊断报告", "Digital diagnosis report"),
        standard=Text(
            "中小企业数字化水平评测指标（2024 年版）",
            "Assessment indicators for the digital level of SMEs (2024 edition)",
        ),
        firm=firm,
        uscc="91420102MA4K0000XX",
        region="江岸区",
        date=date(2026, 3, 9),
        number="ZD-2026-000123",
        basis=Text(
            "依据企业自评答卷，未经现场核实", "Based on the firm's own answers, not verified"
        ),
        handling=Text("仅供本企业与受托诊断机构使用。", "For the firm and its consultant only."),
        stamp=Text("虚构数据", "Fictional data"),
    )


def _summary(score: float, level: int, cards: tuple[ProjectCard, ...]) -> Summary:
    figures = (
        KeyFigure(
            Text("得分", "Score"), Text(f"{score:g} / 100", f"{score:g} / 100"), prose(18, 40)
        ),
        KeyFigure(Text("等级", "Level"), _level(level), prose(18, 40)),
        KeyFigure(Text("同类位次", "Among peers"), Text("P35", "P35"), prose(18, 40)),
        KeyFigure(Text("投资", "Cost"), Text("186—320 万元", "186–320"), prose(18, 40)),
    )
    headlines = tuple(
        Headline(
            f"p{n}",
            Text("生产现场数据靠人工抄录", "Shop-floor data copied by hand"),
            prose(38, 90, n * 9),
            prose(16, 40),
        )
        for n in range(3)
    )
    return Summary(
        headline=prose(46, 110),
        figures=figures,
        standing=prose(110, 240),
        next=prose(100, 220, 40),
        problems=headlines if cards else (),
        no_problems=None if cards else prose(30, 80),
        projects=headlines if cards else (),
        no_projects=None if cards else prose(30, 80),
        money=prose(60, 140, 20),
        ninety=tuple(prose(30, 80, n * 11) for n in range(4)) if cards else (),
        caution=prose(70, 160, 10),
    )


def _level(level: int) -> Text:
    names = ("无等级 No level", "一级 Level 1", "二级 Level 2", "三级 Level 3", "四级 Level 4")
    zh, en = names[level].split(" ", 1)
    return Text(zh, en)


def _profile(firm: str) -> Profile:
    facts = (
        Fact(Text("企业名称", "Name"), Text(firm, firm)),
        Fact(Text("统一社会信用代码", "Code"), Text("91420102MA4K0000XX", "91420102MA4K0000XX")),
        Fact(
            Text("行业", "Industry"),
            Text("3484 机械零部件加工", "34 General machinery"),
            prose(28, 70),
        ),
        Fact(Text("从业人员", "Staff"), Text("120 人", "120")),
        Fact(
            Text("年营业收入", "Revenue"), Text("8,600 万元", "CNY 86 million"), prose(20, 50, 40)
        ),
    )
    return Profile(prose(90, 200), facts, (prose(80, 180, 15),))


def _basis(strength: str) -> Basis:
    flags = (QualityFlag("longest_run", Text("连续相同作答", "A long run"), prose(60, 150)),)
    return Basis(
        lead=(prose(110, 240), prose(70, 170, 30)),
        answered=0 if strength == "empty" else 29,
        of=31,
        steps=tuple(prose(34, 90, n * 13) for n in range(5)),
        flags_text=prose(40, 100),
        flags=flags if strength == "middling" else (),
        limits=tuple(prose(44, 110, n * 17) for n in range(4)),
        versions=(
            Fact(Text("问卷", "Questionnaire"), Text("sme-2024 1.0.0", "sme-2024 1.0.0")),
            Fact(
                Text("校验值", "Hash"),
                Text(
                    "e3b0c44298fc1c149afbf4c8996fb924" * 2, "e3b0c44298fc1c149afbf4c8996fb924" * 2
                ),
            ),
        ),
    )


def _result(share: float, level: int, strength: str) -> Result:
    empty = strength == "empty"
    score = round(100 * share, 3)
    return Result(
        lead=(prose(100, 220), prose(80, 180, 50)),
        score=score,
        full=100.0,
        level=level,
        level_name=_level(level),
        could_add=6.5,
        ladder=tuple(_rung(n, score, level) for n in range(1, 5)),
        parts=tuple(
            PartResult(id_, title, round(full * share, 3), full, prose(50, 130))
            for id_, title, full in PARTS
        ),
        axes=tuple(
            Axis(
                f"a{n}",
                Text(zh, en),
                None if empty else min(1.0, share + 0.07 * (n % 4) - 0.1),
                0.45,
            )
            for n, (_, zh, en, _, _) in enumerate(SCENES[:9])
        ),
        axes_peers=Text("同类群组均值", "mean of the peer group"),
        scenes=tuple(
            SceneCell(
                f"scene_{id_}",
                Text(zh, en),
                CHAINS[chain],
                binding,
                None
                if empty or (n == 14 and strength == "weak")
                else min(4, max(0, level + n % 3 - 1)),
                Text("未作答", "Not answered"),
                prose(34, 90, n * 7),
            )
            for n, (id_, zh, en, chain, binding) in enumerate(SCENES)
        ),
        scenes_note=prose(40, 100),
        items=tuple(
            ItemRow(
                f"q{n}",
                PARTS[0 if n < 7 else 1 if n < 11 else 2][1],
                prose(9, 24, n * 5),
                round(6 * share, 3),
                6.0,
                prose(26, 70, n * 11),
            )
            for n in range(15)
        ),
        items_note=prose(40, 100),
    )


def _rung(number: int, score: float, level: int) -> LevelRow:
    needed, scenes, binding = ((20, 6, 3), (40, 6, 3), (60, 8, 5), (80, 10, 6))[number - 1]
    met = number <= level
    names = (
        ("一级（初始级）", "Level 1, initial"),
        ("二级（规范级）", "Level 2, regulated"),
        ("三级（集成级）", "Level 3, integrated"),
        ("四级（协同级）", "Level 4, collaborative"),
    )
    return LevelRow(
        number, Text(*names[number - 1]), needed, scenes, binding, 12 if met else 3,
        7 if met else 2, score >= needed, met, met, met,
    )  # fmt: skip


def _peers(share: float, strength: str) -> Peers:
    if strength == "empty":
        return Peers((prose(80, 180),), None, None, (), None, 0, (), prose(40, 100))
    measures = (
        ("score", Text("总分", "Score"), 100.0),
        *((id_, title, full) for id_, title, full in PARTS),
    )
    return Peers(
        lead=(prose(100, 220), prose(60, 140, 25)),
        group=Text("基础薄弱、管理先行", "Management ahead of foundation"),
        second=None,
        reasons=tuple(
            ReasonRow(Text(zh, en), 1.4 - 0.6 * n, prose(40, 100, n * 9))
            for n, (_, zh, en, _, _) in enumerate(SCENES[:4])
        ),
        circle=Text("同类群组（通用设备、小型企业）", "the peer group (small machinery firms)"),
        others=86,
        ranks=tuple(
            RankRow(id_, title, round(full * share, 1), full, 5.0 * round(20 * share), 0.42 * full)
            for id_, title, full in measures
        ),
        note=prose(70, 150),
    )


def _gaps(level: int) -> Gaps:
    if level == 4:
        return Gaps((prose(80, 180),), None, None, (), (), None)
    needs = (
        NeedRow("score", Text("总分", "Score"), 55, 60, 5, prose(30, 80)),
        NeedRow("scenes", Text("达标场景", "Scenes at level"), 6, 8, 2, prose(30, 80, 5)),
        NeedRow("binding", Text("约束性场景", "Binding scenes"), 5, 5, 0, prose(30, 80, 9)),
    )
    steps = tuple(
        WayStep(
            f"s{n}", prose(8, 20, n * 7), prose(24, 60, n * 3), prose(26, 66, n * 5), 1.5 * (n % 2)
        )
        for n in range(4)
    )
    ways = tuple(Way(Text(f"途径 {n}", f"Way {n}"), steps[: 2 + n]) for n in (1, 2))
    return Gaps((prose(90, 200),), level + 1, _level(level + 1), needs, ways, prose(40, 90))


def _problems(count: int) -> Problems:
    if not count:
        return Problems((prose(70, 160),), ())
    problems = tuple(_problem(n) for n in range(1, count + 1))
    cut = (count + 1) // 2
    groups = (
        ProblemGroup(Text("业务场景", "Business scenes"), prose(60, 140), problems[:cut]),
        ProblemGroup(
            Text("基础与管理", "Foundation and management"), prose(50, 120), problems[cut:]
        ),
    )
    return Problems((prose(80, 180),), groups)


def _problem(number: int) -> Problem:
    scene = SCENES[number % len(SCENES)]
    return Problem(
        number, "scene", (f"scene_{scene[0]}",),
        Text(f"{scene[1]}停留在表格记录", f"{scene[2]} still on paper"),
        Text("★ 约束性场景 · 0 级", "★ binding scene · level 0"), number % 3 == 1, 0,
        prose(50, 120, number * 3), prose(56, 130, number * 7), prose(40, 100, number * 11),
        prose(24, 60, number), (ProjectRef("p1", prose(10, 30), 1),), prose(36, 90, number * 13),
    )  # fmt: skip


def _card(number: int) -> ProjectCard:
    names = (
        ("设备联网与数据采集", "Machine connection and data collection"),
        ("制造执行系统", "Manufacturing execution system"),
        ("能耗在线监测", "Online energy metering"),
        ("质量追溯", "Quality tracing"),
    )
    return ProjectCard(
        id=f"p{number}",
        name=Text(*names[number % 4]),
        year=1 + (number - 1) // 3,
        summary=prose(50, 120, number),
        why=prose(66, 150, number * 3),
        because=("network",),
        scope=tuple(prose(12, 30, number + n * 9) for n in range(4)),
        prerequisites=(Prerequisite(prose(10, 24), Text("已具备", "in place"), True),),
        cost_low=40.0,
        cost=62.5,
        cost_high=90.0,
        running=6.0,
        months=Text("4—6 个月", "4 to 6 months"),
        gain=3.5,
        raises=tuple(
            RaiseRow(f"q{n}", prose(7, 20, n * 9), prose(9, 24, n), prose(12, 30, n * 4))
            for n in range(2)
        ),
        benefits=(
            Benefit(prose(24, 60), Text("经验值", "rule of thumb")),
            Benefit(prose(20, 50, 9), Text("有公开案例", "public cases")),
        ),
        risk=prose(44, 100, number * 5),
        acceptance=tuple(prose(18, 46, number + n * 7) for n in range(3)),
        basis=prose(36, 90, number),
    )


def _plan(cards: tuple[ProjectCard, ...]) -> Plan:
    bars = tuple(
        Bar(card.id, card.name, card.year, 12.0 * (card.year - 1) + 3 * (n % 3), 5.0, card.cost)
        for n, card in enumerate(cards)
    )
    rivals = tuple(
        RivalRow(f"r{n}", prose(9, 30, n * 7), 120.0, 2.0, prose(50, 120, n * 5)) for n in range(3)
    )
    return Plan(
        lead=(prose(90, 200),),
        years=3,
        bars=bars,
        cards=cards,
        rivals_text=prose(40, 90) if cards else None,
        rivals=rivals if cards else (),
        optimality=prose(36, 90) if cards else None,
    )


def _investment(cards: tuple[ProjectCard, ...]) -> Investment:
    years = tuple(
        YearCost(
            n, 120.0, 60.0 * n + 80, 300.0, 12.0 * n, 172.0, 0.02 * n,
            Text(f"{2 * n}.0%", f"{2 * n}.0%"), prose(16, 40, n), n < 3,
        )
        for n in range(1, 4)
    )  # fmt: skip
    return Investment(
        lead=(prose(80, 180),), revenue=8600.0, rule=0.02, warn=0.03, years=years if cards else (),
        low=360, mid=600, high=900, running_text=prose(40, 90), notes=(prose(50, 120),),
    )  # fmt: skip


def _actions(count: int) -> Actions:
    actions = tuple(
        Action(
            (n * 10 + 1, n * 10 + 10),
            prose(14, 40, n * 5),
            prose(50, 120, n * 9),
            Text("设备科长", "Head of equipment"),
            prose(24, 60, n * 3),
            ("network",),
            "p1",
        )
        for n in range(count)
    )
    return Actions(prose(60, 140), actions)


def _answers(strength: str) -> tuple[AnswerSection, ...]:
    given = strength != "empty"
    return tuple(
        AnswerSection(
            Text(f"第 {s} 部分", f"Part {s}"),
            tuple(
                AnswerRow(
                    f"q{s}{n}", prose(22, 60, s * n),
                    prose(24, 60, n * 7) if given else Text("", ""),
                    Text("已答", "answered") if given else Text("未答", "unanswered"),
                    2.0 if n % 2 else None, 6.0 if n % 2 else None,
                )
                for n in range(10)
            ),
        )
        for s in range(1, 5)
    )  # fmt: skip


def _method() -> Method:
    marks = tuple(
        (Text(zh, en), prose(36, 80))
        for zh, en in (("已核对", "confirmed"), ("转引", "reported"), ("推导", "derived"))
    )
    rows = tuple(
        MethodRow(
            prose(14, 40, n * 3),
            Text(f"{n * 1.5:g} 分", f"{n * 1.5:g} points"),
            prose(36, 80, n),
            Text("转引", "reported"),
        )
        for n in range(26)
    )
    return Method((prose(120, 260), prose(90, 200, 30)), marks, rows)


def _estimates() -> Estimates:
    rows = tuple(EstimateRow(prose(8, 20, n * 7), prose(60, 130, n * 9)) for n in range(4))
    return Estimates(prose(50, 110), rows, prose(40, 90), rows[:2])
