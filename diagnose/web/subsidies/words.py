"""What reasons, groups and refusals are called, in both languages: jobs tell them too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from diagnose.subsidies.making import PlanRefused
from diagnose.subsidies.terms import Of, Share
from models.firms import industry_name
from models.subsidy import Reason
from questionnaires.text import Text

REASONS: Mapping[int, Text] = MappingProxyType(
    {
        Reason.CHOSEN: Text("入选", "Chosen"),
        Reason.NOTHING_OFFERED: Text("没有候选项目", "No candidate project"),
        Reason.NOTHING_COUNTS: Text(
            "候选项目不在补助范围、企业不符合申报条件或达不到补助要求的等级",
            "Nothing of it counts, the firm may not apply, or it cannot reach the level required",
        ),
        Reason.OWN_MONEY: Text("企业自筹资金不足", "The firm cannot pay its own part"),
        Reason.TOO_DEAR: Text(
            "每万元补助的提升低于入选线", "What a grant brings lies below the threshold"
        ),
        Reason.GROUP_FULL: Text("所在组已到上限", "A cap on its group is reached"),
        Reason.NOT_ENOUGH_LEFT: Text(
            "高于入选线，但剩余资金不够", "Above the threshold, but the money left is not enough"
        ),
        Reason.NOTHING_MORE: Text(
            "补助不带来更多提升：可补助的项目不加分，或企业自己就能完成",
            "A grant would add nothing: what counts adds no points, or the firm does it by itself",
        ),
    }
)
SPECIALISED = Text("专精特新企业", "Specialised small firms")
SMALL_FIRMS = Text("小微企业", "Small and micro firms")
NOT_GIVEN = Text("街道未填", "Street not given")
NOBODY = Text(
    "名录内没有企业有候选项目：先完成诊断或让企业提交自评，再做方案。",
    "No firm on the roster has a candidate project. Complete diagnoses or have firms hand in "
    "their self-assessment first.",
)


def group_name(share: Share) -> Text:
    """What a group is called."""
    if share.of == Of.INDUSTRY:
        return industry_name(share.key)
    if share.of == Of.STREET:
        return Text(share.key, share.key) if share.key else NOT_GIVEN
    return SMALL_FIRMS if share.of == Of.SIZE else SPECIALISED


def refusal(refused: PlanRefused) -> Text:
    """Why there is no plan, and what to do."""
    if not refused.missing:
        return NOBODY
    parts = [_lacking(share, missing) for share, missing in refused.missing]
    return Text(
        "保底要求无法全部满足："
        + "；".join(part.zh for part in parts)
        + "。请降低保底或增加预算。",
        "The floors cannot all be met: "
        + "; ".join(part.en for part in parts)
        + ". Lower a floor or raise the budget.",
    )


def _lacking(share: Share, missing: float) -> Text:
    name, floor = group_name(share), share.floor or 0.0
    if not missing:
        return Text(f"“{name.zh}”的保底 {floor:,.2f} 万元", f"{name.en}: {floor * 1e4:,.0f} yuan")
    return Text(
        f"“{name.zh}”保底 {floor:,.2f} 万元，还差 {missing:,.2f} 万元",
        f"{name.en} should get {floor * 1e4:,.0f} yuan and lacks {missing * 1e4:,.0f}",
    )
