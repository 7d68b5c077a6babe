"""Question kinds: one small file each, one line in `KINDS`."""

from collections.abc import Mapping
from types import MappingProxyType

from questionnaires.kinds.base import Kind
from questionnaires.kinds.date import Date
from questionnaires.kinds.decimal import Decimal
from questionnaires.kinds.multi import Multi
from questionnaires.kinds.percentage import Percentage
from questionnaires.kinds.single import Single
from questionnaires.kinds.text import Text
from questionnaires.kinds.whole import Whole
from questionnaires.kinds.yesno import YesNo

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Single(),
            Multi(),
            Whole(),
            Decimal(),
            Percentage(),
            Text(),
            YesNo(),
            Date(),
        )
    }
)

__all__ = ["KINDS", "Kind"]
