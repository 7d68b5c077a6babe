"""What firms of the fictional district carry out, and the figures that it is to move."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Works:
    """A project that a firm applies for, and the figure it is to move."""

    type: str
    name: str
    content: str
    figure: str
    unit: str
    before: float
    goal: float


WORKS = (
    Works(
        "P03",
        "设备联网与数据采集",
        "关键设备加装采集终端，实时看到开停机和产量。",
        "设备综合效率",
        "%",
        61.0,
        70.0,
    ),
    Works(
        "P05",
        "云财务与进销存",
        "财务、采购、库存用一套云软件，月底自动结账。",
        "月结天数",
        "天",
        9.0,
        4.0,
    ),
    Works("P14", "条码仓库", "物料入库、领用、盘点全部扫码。", "库存准确率", "%", 88.0, 98.0),
)
OTHERWISE = Works("", "", "", "订单准时交付率", "%", 78.0, 92.0)
