"""What long lists are narrowed and ordered by, as addresses and forms carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from questionnaires.normal import whole_number

LONGEST = 200
LARGEST = 2**31
ORDER = frozenset({"sort", "down"})


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; '' looks for everything. A list adds its own fields."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The fields that narrow the list."""
        return tuple(field.name for field in fields(cls) if field.name not in ORDER)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """The search that an address or a form asks for; what makes no sense is left out."""
        held = {name: given.get(name, "").strip()[:LONGEST] for name in cls.names()}
        known = {name: value for name, value in held.items() if cls.knows(name, value)}
        return cls(**known, **cls.order(given))

    @classmethod
    def knows(cls, _name: str, _value: str) -> bool:
        """Whether a field can look for `value`."""
        return True

    @classmethod
    def order(cls, _given: Mapping[str, str]) -> dict[str, Any]:
        """What is asked for of the order."""
        return {}

    def arguments(self, **changes: Any) -> dict[str, str]:
        """The address of this search, with changes; whatever is as usual is left out."""
        return {name: value for name, value in replace(self, **changes).held().items() if value}

    def held(self) -> dict[str, str]:
        """Each field as an address carries it; '' as usual."""
        return {name: getattr(self, name) for name in self.names()}

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return any(getattr(self, name) for name in self.names())


@dataclass(frozen=True, slots=True)
class Narrowing(Sought):
    """What is looked for in a list that is ordered, too. `down` turns the order around.

    The first of a list's `SORTS` is the usual order, and `NUMBERS` are the fields that hold whole
    numbers.
    """

    SORTS: ClassVar[tuple[str, ...]]
    NUMBERS: ClassVar[frozenset[str]]

    q: str = ""
    state: str = ""
    provider: str = ""
    region: str = ""
    sort: str = ""
    down: bool = False

    @classmethod
    def knows(cls, name: str, value: str) -> bool:
        """A field that holds a number looks for numbers only."""
        return name not in cls.NUMBERS or is_number(value)

    @classmethod
    def order(cls, given: Mapping[str, str]) -> dict[str, Any]:
        """One of the list's orders, and whether it is turned around."""
        sort = given.get("sort", "")
        return {
            "sort": sort if sort in cls.SORTS else cls.SORTS[0],
            "down": given.get("down", "") == "1",
        }

    def held(self) -> dict[str, str]:
        """Each field and the order as an address carries them; '' as usual."""
        sort = self.sort if self.sort != self.SORTS[0] else ""
        return Sought.held(self) | {"sort": sort, "down": "1" * self.down}


def is_number(text: str) -> bool:
    """Whether a text is a whole number that a column can hold."""
    return whole_number(text.removeprefix("-"), LARGEST - 1) is not None
