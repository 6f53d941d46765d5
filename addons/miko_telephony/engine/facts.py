"""What has been seen of a call.

Everything here grows only: sets get members, moments move to the earliest one reported. Facts can
be
merged in any order and any number of times with the same result, so that reordered, repeated and
late events do no harm, and an answer once seen is never taken back.
"""

from dataclasses import asdict, dataclass, field


def earliest(one, other):
    """Return the smaller of two moments, or of two [moment, value] pairs; None is no moment."""
    return one if other is None else other if one is None else min(one, other)


@dataclass
class ChannelFacts:
    """A channel; moments are seconds since 1970 by the exchange's clock."""

    uid: str = ""
    seen: float | None = None
    ringing: float | None = None
    up: float | None = None
    bridged: float | None = None
    gone: float | None = None
    lost: float | None = None  # its end was not seen: it was gone when the exchange was asked
    dialed: float | None = None
    number: list | None = None  # [moment, caller's number]
    exten: list | None = None  # [moment, number dialled when the channel began]
    did: list | None = None
    dialstring: list | None = None
    dialers: set = field(default_factory=set)  # names of channels that dialled it
    ends: dict = field(default_factory=dict)  # result of dialling it → moment

    MOMENTS = (
        "seen",
        "ringing",
        "up",
        "bridged",
        "gone",
        "lost",
        "dialed",
        "number",
        "exten",
        "did",
    )

    def note(self, name, value):
        setattr(self, name, earliest(getattr(self, name), value))

    def merge(self, other):
        self.uid = max(self.uid, other.uid)
        for name in (*self.MOMENTS, "dialstring"):
            self.note(name, getattr(other, name))
        self.dialers |= other.dialers
        for status, moment in other.ends.items():
            self.ends[status] = earliest(self.ends.get(status), moment)

    def as_dict(self):
        values = {name: value for name, value in asdict(self).items() if value}
        return {**values, "dialers": sorted(self.dialers)} if self.dialers else values


@dataclass
class CallFacts:
    """A call, under all the linked ids it has had."""

    lids: set = field(default_factory=set)
    channels: dict = field(default_factory=dict)  # name → ChannelFacts
    rows: dict = field(default_factory=dict)  # identity of a record of the exchange → the record
    recordings: set = field(default_factory=set)  # paths on the exchange
    queue: list | None = None  # [moment, name of the queue]
    transferred: float | None = None
    origin: list | None = None  # [moment, context, number, result] of an Originate

    def channel(self, name):
        return self.channels.setdefault(name, ChannelFacts())

    def merge(self, other):
        self.lids |= other.lids
        for name, channel in other.channels.items():
            self.channel(name).merge(channel)
        self.rows.update(other.rows)
        self.recordings |= other.recordings
        for name in ("queue", "transferred", "origin"):
            setattr(self, name, earliest(getattr(self, name), getattr(other, name)))
        return self

    def is_open(self):
        """Whether a channel of it is still there."""
        return any(channel.gone is None for channel in self.channels.values())

    def as_dict(self):
        """Return plain values for JSON."""
        return {
            "lids": sorted(self.lids),
            "channels": {name: channel.as_dict() for name, channel in self.channels.items()},
            "rows": self.rows,
            "recordings": sorted(self.recordings),
            "queue": self.queue,
            "transferred": self.transferred,
            "origin": self.origin,
        }

    @classmethod
    def from_dict(cls, values):
        """Return the facts that `as_dict` gave."""
        channels = {
            name: ChannelFacts(**{**channel, "dialers": set(channel.get("dialers", ()))})
            for name, channel in (values.get("channels") or {}).items()
        }
        return cls(
            lids=set(values.get("lids") or ()),
            channels=channels,
            rows=dict(values.get("rows") or {}),
            recordings=set(values.get("recordings") or ()),
            queue=values.get("queue"),
            transferred=values.get("transferred"),
            origin=values.get("origin"),
        )
