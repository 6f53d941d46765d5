"""Who is behind the name of a channel, and whose a number is."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

CHANNEL = re.compile(r"^(?P<tech>\w+)/(?P<peer>.+)-[0-9a-f]{6,10}(?:;(?P<half>[12]))?$")
WEB_PHONE = "-WS"  # the exchange's second endpoint of an employee, for the browser
HIDDEN = {"", "<unknown>", "unknown", "anonymous", "unavailable", "restricted", "private", "none"}
#: contexts of MikoPBX in which an originated call starts
ORIGINATE = "internal-originate"


@dataclass(frozen=True)
class Name:
    """A channel's name, taken apart.

    ``kind`` is employee, trunk or local; ``peer`` the extension, the trunk or the number dialled;
    of a local channel ``half`` is 1 or 2 and ``context`` where it starts.
    """

    kind: str
    peer: str
    context: str = ""
    half: str = ""

    @property
    def originated(self):
        """Whether it is a local channel of an Originate action."""
        return self.kind == "local" and self.context.startswith(ORIGINATE)


@dataclass
class Numbering:
    """Which numbers are our own people's.

    :param int internal_length: digits of an extension, at most
    :param extensions: numbers of extensions that are known by name
    :param dict mobiles: digits of an employee's mobile, in each form it is reported → extension
    """

    internal_length: int = 4
    extensions: frozenset = frozenset()
    mobiles: dict = field(default_factory=dict)

    def is_extension(self, number):
        return number in self.extensions or (
            number.isdigit() and 2 <= len(number) <= self.internal_length
        )

    def extension_of(self, number):
        """Return the extension whose number or mobile this is, or ""."""
        if self.is_extension(number):
            return number
        whole = digits(number)
        tail = whole[-10:] if len(whole) >= 10 else ""
        return self.mobiles.get(whole) or self.mobiles.get(tail, "")

    def name_of(self, channel):
        """Return the :class:`Name` of a channel."""
        tech, peer, context, half = _parts(channel)
        if tech == "Local":
            return Name("local", peer, context, half)
        peer = peer.removesuffix(WEB_PHONE)
        return Name("employee" if self.is_extension(peer) else "trunk", peer)


@lru_cache(maxsize=4096)
def _parts(channel):
    match = CHANNEL.match(channel)
    if not match:
        return "", channel, "", ""
    peer, _, context = match["peer"].partition("@")
    if match["tech"] != "Local":
        return match["tech"], match["peer"], "", ""
    return "Local", peer, context, match["half"] or ""


def digits(number):
    return re.sub(r"\D", "", number or "")


def shown(number):
    """Return a caller's number, or "" when it is hidden."""
    return "" if (number or "").strip().lower() in HIDDEN else number.strip()
