"""A fictional district, for the demonstration, for tests and for measuring; plainly marked."""

from diagnose.fictional.drawing import District, district

__all__ = ["District", "district"]
