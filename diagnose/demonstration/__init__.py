"""The demonstration: a fictional district through the whole house, with everybody at work."""

from diagnose.demonstration.people import SignIn
from diagnose.demonstration.showing import Demonstration

__all__ = ["Demonstration", "SignIn"]
