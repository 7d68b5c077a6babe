"""Who may do what: capabilities by kind of account, and the rows that each account may see."""

from diagnose.access.capabilities import Capability, capabilities
from diagnose.access.rows import visible

__all__ = ["Capability", "capabilities", "visible"]
