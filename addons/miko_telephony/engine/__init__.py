"""What happened in a call, from the events of an exchange. Plain Python, knows nothing of Odoo."""

from .facts import CallFacts
from .names import Numbering
from .summary import Leg, Summary, summarise
from .switchboard import Switchboard

__all__ = ["CallFacts", "Leg", "Numbering", "Summary", "Switchboard", "summarise"]
