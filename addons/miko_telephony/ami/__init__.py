"""Asterisk Manager Interface: frames, an asyncio client, recorded streams. Knows nothing of
Odoo.
"""

from .client import AmiClient, AmiError, Refused, command
from .frames import Frames, encode, values
from .trace import read_trace

__all__ = [
    "AmiClient",
    "AmiError",
    "Frames",
    "Refused",
    "command",
    "encode",
    "read_trace",
    "values",
]
