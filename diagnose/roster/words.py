"""How changes, listings, grounds and honours are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from diagnose.records.roster import Change, Ground, Honour, Listing
from questionnaires.text import Text

CHANGES: Mapping[str, Text] = MappingProxyType(
    {
        Change.ENTERED: Text("入规", "Entered"),
        Change.LEFT: Text("退规", "Left"),
        Change.MOVED_IN: Text("迁入", "Moved in"),
        Change.MOVED_OUT: Text("迁出", "Moved out"),
        Change.STOPPED: Text("停产", "Stopped production"),
        Change.RESUMED: Text("复产", "Resumed production"),
        Change.CLOSED: Text("注销", "Closed"),
        Change.MERGED: Text("合并", "Merged into another firm"),
        Change.SPLIT: Text("分立", "Split up"),
        Change.RENAMED: Text("更名", "Renamed"),
        Change.RECODED: Text("换码", "New code"),
        Change.INDUSTRY: Text("行业变更", "Industry changed"),
        Change.DESCRIBED: Text("资料变更", "Particulars changed"),
        Change.EXEMPTED: Text("免诊", "Exempted"),
        Change.READMITTED: Text("恢复纳入", "Readmitted"),
        Change.VOIDED: Text("撤销", "Voided"),
    }
)
LISTINGS: Mapping[int, Text] = MappingProxyType(
    {
        Listing.LISTED: Text("规上", "on the roster"),
        Listing.BELOW: Text("规下", "not on the roster"),
        Listing.CLOSED: Text("已注销", "closed"),
        Listing.MOVED_OUT: Text("已迁出", "moved out"),
        Listing.MERGED: Text("已并入其他企业", "merged into another firm"),
        Listing.SPLIT: Text("已分立", "split up"),
        Listing.NOT_INDUSTRIAL: Text("已转为非工业", "no longer industrial"),
    }
)
GROUNDS: Mapping[int, Text] = MappingProxyType(
    {
        Ground.STOPPED: Text("停产", "production rests"),
        Ground.SECRET: Text("涉密或军工", "secret-related or military"),
        Ground.CLOSING: Text("正在注销或迁出", "closing down or moving away"),
        Ground.BELOW: Text("即将退规", "about to leave the roster"),
        Ground.OTHER: Text("其他", "other"),
    }
)
HONOURS: Mapping[int, Text] = MappingProxyType(
    {
        Honour.INNOVATIVE: Text("创新型中小企业", "Innovative small firm"),
        Honour.SPECIALISED: Text("专精特新中小企业", "Specialised small firm"),
        Honour.LITTLE_GIANT: Text("专精特新“小巨人”", "Little giant"),
        Honour.CHAMPION: Text("制造业单项冠军", "Manufacturing champion"),
        Honour.HIGH_TECH: Text("高新技术企业", "High-tech enterprise"),
    }
)
HOW: Mapping[str, Text] = MappingProxyType(
    {
        "monthly": Text("月度（新投产）", "in the month (newly in production)"),
        "yearly": Text("年度", "with the yearly review"),
    }
)


def honours_in(honours: int) -> tuple[Text, ...]:
    """The names of the honours that a number holds."""
    return tuple(name for honour, name in HONOURS.items() if honours & honour)
