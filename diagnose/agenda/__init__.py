"""The agenda of a visit: which answers to check on site, why, and what to ask to see.

`drawing` draws it up from a firm's answers and knows no database; `kept` reads what it needs.
"""

from diagnose.agenda.drawing import Agenda, Entry, Ground, Reason, draw_up
from diagnose.agenda.from_records import agenda_of

__all__ = ["Agenda", "Entry", "Ground", "Reason", "agenda_of", "draw_up"]
