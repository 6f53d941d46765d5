"""What the facts of a call mean: direction, outcome, who answered, when."""

from dataclasses import dataclass, field

from .facts import ChannelFacts, earliest
from .names import digits, shown

INTERCEPTION = "interception-bridge"  # MikoPBX's context that fetches a waiting caller
#: linked ids that begin so belong to an Originate of ours
OURS = "odoo-"
MACHINES = {
    "voicemail": ("VoiceMail", "VoiceMailMain", "MiniVM"),
    "menu": ("BackGround", "WaitExten", "Playback", "Read", "IVR"),
}
DISPOSITIONS = {"NO ANSWER": "NOANSWER", "FAILED": "CHANUNAVAIL", "ANSWERED": "ANSWER"}


@dataclass
class Leg:
    """A colleague's part of a call; moments as in the facts."""

    channel: str
    extension: str
    rang: float | None = None
    answered: float | None = None
    ended: float | None = None
    status: str = ""
    originated: bool = False

    @property
    def ringing(self):
        return self.answered is None and self.ended is None

    @property
    def talking(self):
        return self.answered is not None and self.ended is None


@dataclass
class Summary:
    """A call as people see it; see `miko.call` for the meaning of the words."""

    lids: list
    direction: str = "inbound"
    outcome: str = ""
    reason: str = ""
    state: str = "ringing"
    number: str = ""
    did: str = ""
    queue: str = ""
    started: float | None = None
    answered: float | None = None
    ended: float | None = None
    extension: str = ""
    last_extension: str = ""
    transferred: bool = False
    intercepted: bool = False
    phantom: bool = False
    external_channel: str = ""
    in_vain: list = field(default_factory=list)  # channels of ours that ring for nothing now
    recordings: list = field(default_factory=list)
    legs: list = field(default_factory=list)


def summarise(facts, numbering):
    """Return the :class:`Summary` of a call.

    :param facts: :class:`~.facts.CallFacts`
    :param numbering: :class:`~.names.Numbering`
    """
    return _Reading(facts, numbering).summary()


class _Reading:
    def __init__(self, facts, numbering):
        self.facts, self.numbering = facts, numbering
        self.channels = dict(facts.channels)
        self._add_rows()
        self.names = {name: numbering.name_of(name) for name in self.channels}
        self.order = sorted(self.channels, key=lambda name: (self._began(name), name))

    # ------------------------------------------------------------------ material
    def _add_rows(self):
        """What only the exchange's history knows: channels, or results, that no event spoke of."""
        for row in self.facts.rows.values():
            for side in ("src", "dst"):
                name = row.get(f"{side}_chan")
                if not name:
                    continue
                seen = self.facts.channels.get(name)
                if self.channels.get(name) is seen:  # the facts themselves stay as they are
                    self.channels[name] = ChannelFacts()
                    self.channels[name].merge(seen or ChannelFacts())
                if not seen:
                    self._read_row(self.channels[name], row, side)
                elif side == "dst" and not seen.ends:
                    self._read_result(self.channels[name], row)

    def _read_result(self, channel, row):
        status = DISPOSITIONS.get(row["disposition"], row["disposition"])
        moment = row.get("answer") if status == "ANSWER" else row.get("end")
        channel.ends[status] = earliest(channel.ends.get(status), moment)
        channel.dialers |= {row["src_chan"]}
        return status

    def _read_row(self, channel, row, side):
        channel.note("seen", row.get("start"))
        channel.gone = max(filter(None, (channel.gone, row.get("end"))), default=None)
        if number := shown(row.get(f"{side}_num")):
            channel.note("number", [row.get("start") or 0, number])
        if side == "dst":
            channel.note("dialed", row.get("start"))
            self._read_result(channel, row)
        else:
            channel.uid = max(channel.uid, row.get("uid") or "")
            channel.note("exten", [row.get("start") or 0, row.get("dst_num") or ""])
            if row.get("did"):
                channel.note("did", [row.get("start") or 0, row["did"]])
        if row["disposition"] == "ANSWERED":
            channel.note("up", row.get("answer"))

    def _name(self, channel):
        return self.numbering.name_of(channel)

    def _began(self, name):
        channel = self.channels[name]
        return channel.seen if channel.seen is not None else float("inf")

    def _of(self, kind):
        return [name for name in self.order if self.names[name].kind == kind]

    def _is_root(self, name):
        return self.channels[name].uid in self.facts.lids

    # ------------------------------------------------------------------ direction
    def summary(self):
        made = self._made()
        made.lids = sorted(self.facts.lids)
        made.legs = self._legs(made)
        made.queue = self.facts.queue[1] if self.facts.queue else ""
        made.recordings = sorted(self.facts.recordings)
        self._set_times(made)
        self._set_people(made)
        made.outcome, made.reason = self._outcome(made)
        made.phantom = self._is_phantom(made)
        made.in_vain = self._in_vain(made)
        return made

    def _made(self):
        trunks, employees = self._of("trunk"), self._of("employee")
        callers = [name for name in trunks if self._calls_in(name)]
        dialled = [name for name in trunks if name not in callers]
        if callers:
            return self._inbound(callers[0])
        outside = [name for name in dialled if not self._extension(name)]
        if outside:
            return self._outbound(outside)
        root = next((name for name in employees if self._is_root(name)), None)
        wanted = self._wanted(root)
        if wanted and not self.numbering.extension_of(wanted):
            return Summary([], "outbound", number=wanted)
        return Summary([], "internal", number=wanted)

    def _calls_in(self, name):
        """Whether a trunk's channel came from outside; one that we dialled has a dialler."""
        channel = self.channels[name]
        if self._is_root(name):
            return True
        rooted = any(self._is_root(other) for other in self.channels)
        return not rooted and channel.dialed is None and not channel.dialers

    def _inbound(self, name):
        channel = self.channels[name]
        number = channel.number[1] if channel.number else ""
        did = (channel.did or channel.exten or [0, ""])[1]
        inside = bool(number and self.numbering.extension_of(number))
        return Summary(
            [], "internal" if inside else "inbound", number=number, did=did, external_channel=name
        )

    def _outbound(self, names):
        answered = [name for name in names if self._reached(name)]
        name = (answered or names)[-1]
        return Summary([], "outbound", number=self._dialled_number(name), external_channel=name)

    def _dialled_number(self, name):
        channel = self.channels[name]
        if channel.dialstring:
            dialled = channel.dialstring[1].rpartition("/")[2].partition("@")[0]
            if len(digits(dialled)) > self.numbering.internal_length:
                return dialled
        return channel.number[1] if channel.number else self._wanted(None)

    def _wanted(self, root):
        """Return the number that was asked for when no trunk has been dialled for it."""
        if self.facts.origin and self.facts.origin[1] != INTERCEPTION:
            return self.facts.origin[2]
        if root and self.channels[root].exten:
            return self.channels[root].exten[1]
        for name in self._of("local"):
            number = self.channels[name].number
            if self.names[name].originated and number and self.names[name].peer != number[1]:
                return number[1]
        return ""

    def _extension(self, name):
        """Return the extension of an employee's channel, also when it is his mobile."""
        if self.names[name].kind == "employee":
            return self.names[name].peer
        if self.names[name].kind == "trunk":
            return self.numbering.extension_of(self._dialled_number(name))
        return ""

    # ------------------------------------------------------------------ legs
    def _legs(self, made):
        legs = []
        for name in self.order:
            extension = self._extension(name) if name != made.external_channel else ""
            if extension:
                legs.append(self._leg(name, extension, made))
        known = {leg.extension for leg in legs}
        for name in self._of("local"):
            who, moment = self.names[name], self.channels[name].bridged
            # its telephone belongs to what was forgotten with an interrupted listener
            if who.originated and moment and made.direction == "inbound" and who.peer not in known:
                began, gone = self.channels[name].seen, self.channels[name].gone
                legs.append(Leg(name, who.peer, began, moment, gone, "ANSWER", originated=True))
        return legs

    def _leg(self, name, extension, made):
        channel = self.channels[name]
        originated = self._originated_by(name, extension)
        leg = Leg(name, extension, originated=bool(originated))
        leg.rang = earliest(channel.ringing, channel.dialed) or channel.seen
        leg.ended = channel.gone
        calls_himself = self._is_root(name) or (originated and made.direction != "inbound")
        if calls_himself:
            leg.answered = self._spoke(made)
        elif originated:
            leg.answered = self._fetched(originated)
        else:
            leg.answered = self._reached(name)
        statuses = [status for status in channel.ends if status != "ANSWER"]
        leg.status = "ANSWER" if leg.answered else max(statuses, default="")
        return leg

    def _originated_by(self, name, extension):
        """Return the name of the originated local channel's first half through which it was
        rung.
        """
        channel = self.channels[name]
        own = [
            dialler
            for dialler in channel.dialers
            if dialler in self.names and self.names[dialler].originated
        ]
        if not own and not channel.dialers:  # its dialling was not seen
            own = [
                other
                for other in self._of("local")
                if self.names[other].originated and self.names[other].peer == extension
            ]
        return f"{own[0].rpartition(';')[0]};1" if own else ""

    def _reached(self, name):
        """Return when a dialled channel answered, None when it did not."""
        channel = self.channels[name]
        if "ANSWER" in channel.ends:
            return channel.ends["ANSWER"] or channel.up or channel.seen or 0.0
        return channel.bridged

    def _fetched(self, local):
        """Return when an originated leg was joined with the caller it was to fetch."""
        if local in self.channels and self.channels[local].bridged:
            return self.channels[local].bridged
        for row in self.facts.rows.values():
            joined = row["src_chan"] == local and row["disposition"] == "ANSWERED"
            if joined and row["dst_chan"] and self._name(row["dst_chan"]).kind == "trunk":
                return row.get("answer") or self._began(local)
        return None

    def _spoke(self, made):
        """Return when the one called by an employee answered him."""
        if made.direction == "outbound":
            return self._reached(made.external_channel) if made.external_channel else None
        others = [
            self._reached(name)
            for name in self._of("employee")
            if not self._is_root(name) and not self._originated_by(name, self.names[name].peer)
        ]
        return min((moment for moment in others if moment is not None), default=None)

    # ------------------------------------------------------------------ result
    def _set_times(self, made):
        moments = [self.channels[name].seen for name in self.order]
        made.started = min((moment for moment in moments if moment is not None), default=None)
        ends = [self._end(channel) for channel in self.channels.values()]
        if ends and not any(end is None for end in ends):
            made.ended = max(ends)

    def _end(self, channel):
        """Return when a channel ended: what was not seen ended at the latest with the last record
        of the history, and not before it was last heard of.
        """
        rows = [row["end"] for row in self.facts.rows.values() if row.get("end")]
        if channel.gone is None or channel.gone != channel.lost or not rows:
            return channel.gone
        heard = (channel.seen, channel.ringing, channel.up, channel.bridged)
        return min(channel.gone, max([*rows, *(moment for moment in heard if moment)]))

    def _set_people(self, made):
        answered = sorted(
            (leg for leg in made.legs if leg.answered is not None), key=lambda leg: leg.answered
        )
        if made.direction == "outbound":
            made.answered = self._spoke(made)
        elif answered:
            made.answered = answered[0].answered
        callers = [leg for leg in made.legs if self._is_root(leg.channel) or leg.originated]
        if made.direction == "inbound":
            made.extension = answered[0].extension if answered else ""
            made.last_extension = answered[-1].extension if answered else ""
            made.intercepted = any(leg.originated for leg in answered)
        else:
            made.extension = (callers or made.legs or [Leg("", "")])[0].extension
            made.last_extension = answered[-1].extension if answered else made.extension
        talked = {leg.extension for leg in answered}
        made.transferred = made.answered is not None and (
            self.facts.transferred is not None or (made.direction == "inbound" and len(talked) > 1)
        )
        if made.ended is not None:
            made.state = "ended"
        elif made.answered is not None:
            made.state = "talking"

    def _outcome(self, made):
        if made.answered is not None:
            return "answered", ""
        if made.state != "ended":
            return "", ""
        if made.direction == "inbound":
            return self._missed(made)
        return self._not_reached(made)

    def _missed(self, made):
        statuses = {leg.status for leg in made.legs}
        if machine := self._machine(made):
            return "missed", machine
        if made.queue:
            return "missed", "queue"
        if statuses == {"BUSY"}:
            return "busy", "busy"
        if statuses and statuses <= {"CHANUNAVAIL", "CONGESTION"}:
            return "missed", "unreachable"
        dialled = [
            channel
            for channel in self.channels.values()
            if made.external_channel in channel.dialers
        ]
        given_up = any("NOANSWER" in channel.ends for channel in dialled)
        return "missed", "noanswer" if given_up else "abandoned"

    def _machine(self, made):
        """Return what took the call when no person did: voicemail or menu."""
        apps = {row.get("appname") or "" for row in self.facts.rows.values()}
        for machine, names in MACHINES.items():
            if any(app.startswith(names) for app in apps):
                return machine
        caller = self.channels.get(made.external_channel)
        return "menu" if caller and caller.up and not made.queue and not made.legs else ""

    def _not_reached(self, made):
        called = [made.external_channel] if made.external_channel else []
        if made.direction == "internal":
            called = [leg.channel for leg in made.legs if not self._is_root(leg.channel)]
        statuses = {status for name in called for status in self.channels[name].ends}
        if not called or (self.facts.origin and self.facts.origin[3] == "Failure"):
            return "failed", "phone" if self._started_by_click() else "failed"
        if "BUSY" in statuses:
            return "busy", "busy"
        if statuses & {"CONGESTION", "CHANUNAVAIL"}:
            return "failed", "failed"
        if "CANCEL" in statuses:
            return "cancelled", "cancelled"
        return "missed", "noanswer"

    def _in_vain(self, made):
        """Return the channels that we ring for a caller whom somebody has, or who is gone."""
        caller = self.channels.get(made.external_channel)
        if made.direction != "inbound" or not caller:
            return []
        if made.answered is None and caller.gone is None:
            return []
        return [leg.channel for leg in made.legs if leg.originated and leg.ringing]

    def _started_by_click(self):
        return any(name.originated for name in self.names.values())

    def _is_phantom(self, made):
        """Whether it is only the shadow of an Originate, and no call with anybody."""
        if made.external_channel or any(lid.startswith(OURS) for lid in self.facts.lids):
            return False
        if any(name.originated for name in self.names.values()):
            return True
        return not made.legs
