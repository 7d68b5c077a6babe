"""What each kind of change asks for, and what it does to the frozen list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from diagnose.records.roster import Change
from diagnose.roster.stands import BRANCH, SURVIVES
from questionnaires.text import Text

ASKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Change.ENTERED: ("how",),
        Change.LEFT: (),
        Change.MOVED_IN: ("origin", "number", "accepted_on", "valid_until"),
        Change.MOVED_OUT: (),
        Change.STOPPED: (),
        Change.RESUMED: (),
        Change.CLOSED: (),
        Change.MERGED: ("other", BRANCH),
        Change.SPLIT: ("children", SURVIVES),
        Change.RENAMED: ("name",),
        Change.RECODED: ("uscc",),
        Change.INDUSTRY: ("industry",),
        Change.EXEMPTED: ("ground", "review_on"),
        Change.READMITTED: (),
    }
)
"""The fields of each kind beside day, reason, proof and people, in the order of the form."""

REQUIRED = frozenset({"how", "other", "children", "name", "uscc", "industry", "ground"})
UNPROVED = frozenset({Change.RESUMED, Change.READMITTED})
"""Changes that a word of the bureau is enough for."""

MEANT: Mapping[str, Text] = MappingProxyType(
    {
        Change.ENTERED: Text(
            "企业纳入规模以上工业企业名录；每月只纳入新投产企业，其余随年度审核纳入。",
            "The firm comes onto the roster: newly started plants in the month, others with the "
            "yearly review.",
        ),
        Change.LEFT: Text(
            "营业收入下降等原因退出规上，企业仍在辖区。",
            "It falls below the scale, say by its revenue, and stays in the district.",
        ),
        Change.MOVED_IN: Text(
            "企业从其他辖区迁入；带来有效诊断报告的，可一并登记。",
            "It comes from another district, perhaps with a valid report.",
        ),
        Change.MOVED_OUT: Text("企业迁往其他辖区。", "It goes to another district."),
        Change.STOPPED: Text(
            "生产停止但可能恢复；停产本身不减少分母，需要时另行登记免诊。",
            "Production rests and may resume; this alone exempts nobody.",
        ),
        Change.RESUMED: Text(
            "恢复生产；以停产为依据的免诊随之结束。",
            "Production resumes; an exemption that rested on the stop ends.",
        ),
        Change.CLOSED: Text("企业注销、吊销或解散。", "The firm is closed down."),
        Change.MERGED: Text(
            "本企业并入另一家企业，由后者存续；分支机构归并到所属法人单位，也在这里登记。",
            "This firm becomes part of another, which goes on; or it is a branch and is counted "
            "with its legal unit.",
        ),
        Change.SPLIT: Text(
            "解散分立：本企业分成几家新企业，不再存续；存续分立：本企业存续，另设新企业。",
            "It ends and several firms take its place; or it goes on and new firms part from it.",
        ),
        Change.RENAMED: Text("名称变更，仍是同一家企业。", "A new name, the same firm."),
        Change.RECODED: Text(
            "统一社会信用代码变更，仍是同一家企业。", "A new code, the same firm."
        ),
        Change.INDUSTRY: Text(
            "行业代码变更；转为非工业行业的，退出名录。",
            "A new industry code; one that is not industrial takes it off the roster.",
        ),
        Change.EXEMPTED: Text(
            "企业暂不参加诊断，每季度复查。",
            "It need not be diagnosed for now; checked each quarter.",
        ),
        Change.READMITTED: Text(
            "免诊结束，重新计入应诊断企业。", "The exemption ends; the firm is due again."
        ),
    }
)

_OUT = Text(
    "尚未完成诊断的，经批准移出考核名单；已完成的，保留并计入。",
    "Not yet diagnosed: out of the frozen list once approved. Diagnosed: stays and counts.",
)
_SAME = Text("考核名单不变。", "The frozen list stays as it is.")
FROZEN: Mapping[str, Text] = MappingProxyType(
    {
        Change.ENTERED: Text(
            "不进入已冻结的考核名单，计入下一次名单。",
            "Not on the list that is frozen; on the next one.",
        ),
        Change.MOVED_IN: Text(
            "不进入已冻结的考核名单，计入下一次名单。",
            "Not on the list that is frozen; on the next one.",
        ),
        Change.LEFT: Text(
            "保留在考核名单中；未诊断的，主管部门可决定移出。",
            "Stays on the frozen list; the bureau may take it out if it is not diagnosed.",
        ),
        Change.MOVED_OUT: _OUT,
        Change.CLOSED: _OUT,
        Change.MERGED: Text(
            "由存续企业（法人单位）代替，只计一次；合并前任何一方的有效报告都计入，并单独标出。",
            "The firm that goes on takes its place and counts once; a valid report of either "
            "counts, marked as inherited.",
        ),
        Change.SPLIT: Text(
            "由分立后的各企业代替，各需自己的报告；原企业存续的，仍在名单中，报告照计。",
            "Its children take its place, each needs a report of its own; a parent that goes on "
            "stays, and so does its report.",
        ),
        Change.STOPPED: _SAME,
        Change.RESUMED: _SAME,
        Change.RENAMED: _SAME,
        Change.RECODED: _SAME,
        Change.INDUSTRY: Text(
            "转为非工业的，经批准移出考核名单；否则不变。",
            "Out once approved if no longer industrial; else as it is.",
        ),
        Change.EXEMPTED: Text(
            "经批准从考核分母中扣除，并单独列示。",
            "Left out of the frozen list's denominator, and shown apart.",
        ),
        Change.READMITTED: Text(
            "重新计入考核分母。", "Counts in the frozen list's denominator again."
        ),
    }
)
