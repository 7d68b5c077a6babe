"""A number as somebody types it: finite, and of a size that means something."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField

BEYOND = 1_000_000_000_000
BAD_NUMBER = _l("Enter a number.")


class NumberField(DecimalField):  # type: ignore[misc]  # it brings no types
    """A number, with a message that says so; what is no number stays in its field as typed."""

    bad = BAD_NUMBER
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            self.data = None
            raise ValueError(self.bad) from None
        typed = self.data if valuelist else None
        if typed is not None and not (typed.is_finite() and abs(typed) < BEYOND):
            self.data = None
            raise ValueError(self.bad)
