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
class Narrowing:
    """What is looked for; '' looks for everything. `down` turns the order around.

    A list adds its own fields; the first of its `SORTS` is the usual order, and `NUMBERS` are the
    fields that hold whole numbers.
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
    def names(cls) -> tuple[str, ...]:
        """The fields that narrow the list."""
        return tuple(field.name for field in fields(cls) if field.name not in ORDER)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """The search that an address or a form asks for; what makes no sense is left out."""
        held = {name: given.get(name, "").strip()[:LONGEST] for name in cls.names()}
        for name in cls.NUMBERS:
            held[name] = held[name] if cls.knows(name, held[name]) else ""
        sort = given.get("sort", "")
        order = sort if sort in cls.SORTS else cls.SORTS[0]
        return cls(**held, sort=order, down=given.get("down", "") == "1")

    @classmethod
    def knows(cls, _name: str, value: str) -> bool:
        """Whether a field that holds a number can look for `value`."""
        return is_number(value)

    def arguments(self, **changes: Any) -> dict[str, str]:
        """The address of this search, with changes; whatever is as usual is left out."""
        wanted = replace(self, **changes)
        held = {name: getattr(wanted, name) for name in self.names()}
        sort = wanted.sort if wanted.sort != self.SORTS[0] else ""
        order = {"sort": sort, "down": "1" * wanted.down}
        return {name: value for name, value in (held | order).items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether anything is looked for."""
        return any(getattr(self, name) for name in self.names())


def is_number(text: str) -> bool:
    """Whether a text is a whole number that a column can hold."""
    return whole_number(text.removeprefix("-"), LARGEST - 1) is not None
