"""From a stream of events to the facts of each call.

Calls are told apart by Linkedid. That is not stable: when two calls are joined, channels of one get
the other's. A channel seen under two linked ids makes both one call.
"""

import re
from functools import lru_cache

from ..ami.frames import values
from .facts import CallFacts, earliest
from .names import shown

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
RINGING, UP = "5", "6"  # ChannelState
IGNORED = {
    "QueueMemberStatus",
    "RTCPSent",
    "RTCPReceived",
    "CEL",
    "VarSet",
    "Newexten",
    "TestEvent",
}
#: the channel that Asterisk makes to run the extension "failed" of an Originate
FAILED_CHANNEL = "OutgoingSpoolFailed"


class Switchboard:
    """All calls that are going on, and those that ended a while ago.

    :param load: called with a linked id that is not in memory; returns stored facts or None
    """

    def __init__(self, load=None):
        self.load = load or (lambda lid: None)
        self.calls = {}  # linked id → CallFacts; several linked ids may share one
        self.lids = {}  # unique id of a channel → linked id it was first seen under
        self.changed = {}  # id of facts → facts, since `take` was called last
        self.merged = []  # sets of linked ids that became one call

    # ------------------------------------------------------------------ in
    def feed(self, event, arrived):
        """Take an event.

        :param dict event: frame of the manager interface
        :param float arrived: seconds, used where the event bears no time of its own
        """
        name = event.get("Event")
        if name in IGNORED or (event.get("Channel") or "").startswith(FAILED_CHANNEL):
            return
        moment = _moment(event, arrived)
        if handler := getattr(self, f"_on_{_snake(name or '')}", None):
            handler(event, moment)
        elif event.get("Linkedid") and event.get("Channel"):
            self._touch(event, moment)

    def feed_row(self, row):
        """Take a record of the exchange's call history; see `rest` for its keys."""
        if row.get("linkedid") and not row["src_chan"].startswith(FAILED_CHANNEL):
            call = self.call(row["linkedid"])
            call.rows[str(row["key"])] = row
            if row.get("recordingfile"):
                call.recordings.add(row["recordingfile"])
            self._change(call)

    def restore(self, call):
        """Take facts back into memory that were stored before an interruption."""
        self.load, load = (lambda lid: call if lid in call.lids else None), self.load
        try:
            for lid in sorted(call.lids):
                self.call(lid)
        finally:
            self.load = load

    def alias(self, lid, other):
        """Make two linked ids one call."""
        return self._join(self.call(lid), self.call(other))

    def call(self, lid):
        """Return the facts of a linked id, from memory or storage, else new ones."""
        call = self.calls.get(lid)
        if call is None:
            call = self.load(lid) or CallFacts(lids={lid})
            for known in [self.calls[one] for one in call.lids if one in self.calls][:1]:
                call = known.merge(call)
            for one in call.lids | {lid}:
                self.calls[one] = call
            for channel in call.channels.values():
                if channel.uid:
                    self.lids.setdefault(channel.uid, lid)
        return call

    def snapshot(self, present, moment, before):
        """End what an exchange no longer has.

        :param set present: unique ids of the channels that it has
        :param float moment: when it was asked, by its own clock
        :param float before: only channels seen earlier than that are ended
        """
        for call in {id(call): call for call in self.calls.values()}.values():
            for channel in call.channels.values():
                gone = channel.gone is None and channel.uid and channel.uid not in present
                if gone and (channel.seen is None or channel.seen < before):
                    channel.gone = channel.lost = moment
                    self._change(call)

    # ------------------------------------------------------------------ out
    def take(self):
        """Return the calls that changed since the last time, and what was merged."""
        changed, self.changed = list(self.changed.values()), {}
        merged, self.merged = self.merged, []
        return changed, merged

    def forget(self, before):
        """Drop calls from memory that ended before a moment; storage has them."""
        for lid, call in list(self.calls.items()):
            if not call.is_open() and _last(call) < before and id(call) not in self.changed:
                del self.calls[lid]
                for channel in call.channels.values():
                    self.lids.pop(channel.uid, None)

    # ------------------------------------------------------------------ events
    def _on_newstate(self, event, moment):
        channel = self._touch(event, moment)
        if event.get("ChannelState") == RINGING:
            channel.note("ringing", moment)
        elif event.get("ChannelState") == UP:
            channel.note("up", moment)

    def _on_core_show_channel(self, event, moment):
        channel = self._touch(event, moment)
        if event.get("ChannelState") == RINGING:
            channel.note("ringing", moment)
        elif event.get("ChannelState") == UP:
            channel.note("up", moment)
            if event.get("BridgeId"):
                channel.note("bridged", moment)

    def _on_bridge_enter(self, event, moment):
        self._touch(event, moment).note("bridged", moment)

    def _on_hangup(self, event, moment):
        self._touch(event, moment).note("gone", moment)

    def _on_dial_begin(self, event, moment):
        if channel := self._touch_dialled(event, moment):
            channel.note("dialed", moment)
            if dialled := shown(event.get("DialString")):
                channel.note("dialstring", [moment, dialled])

    def _on_dial_state(self, event, moment):
        channel = self._touch_dialled(event, moment)
        if channel and event.get("DialStatus") == "RINGING":
            channel.note("ringing", moment)

    def _on_dial_end(self, event, moment):
        channel = self._touch_dialled(event, moment)
        status = event.get("DialStatus")
        if channel and status:
            channel.ends[status] = earliest(channel.ends.get(status), moment)

    def _on_queue_caller_join(self, event, moment):
        self._touch(event, moment)
        call = self.call(event["Linkedid"])
        call.queue = earliest(call.queue, [moment, event.get("Queue", "")])

    def _on_user_event(self, event, moment):
        if not event.get("Linkedid"):
            return
        channel = self._touch(event, moment)
        if event.get("UserEvent") == "StartRecording" and event.get("recordingfile"):
            self.call(event["Linkedid"]).recordings.add(event["recordingfile"])
        elif event.get("UserEvent", "").startswith("Interception") and event.get("FROM_DID"):
            channel.note("did", [moment, event["FROM_DID"]])

    def _on_blind_transfer(self, event, moment):
        if event.get("Result") == "Success" and event.get("TransfererLinkedid"):
            self._transfer([event["TransfererLinkedid"]], moment)

    def _on_attended_transfer(self, event, moment):
        keys = ("OrigTransfererLinkedid", "SecondTransfererLinkedid")
        if event.get("Result") == "Success":
            self._transfer([event[key] for key in keys if event.get(key)], moment)

    def _transfer(self, lids, moment):
        for lid in lids:
            call = self.call(lid) if lid == lids[0] else self.alias(lids[0], lid)
            call.transferred = earliest(call.transferred, moment)
            self._change(call)

    def _on_originate_response(self, event, moment):
        uid = event.get("Uniqueid") or ""
        lid = self.lids.get(uid) or (uid if uid and uid != "<null>" else None)
        if not lid:
            return
        call = self.call(lid)
        origin = [moment, event.get("Context", ""), event.get("Exten", "")]
        call.origin = earliest(call.origin, [*origin, event.get("Response", "")])
        self._change(call)

    def _on_cdr(self, event, moment):
        if not event.get("linkedid"):
            return
        self.feed_row(
            {
                "key": f"{event.get('UniqueID')}>{event.get('DestinationChannel')}",
                "linkedid": event["linkedid"],
                "src_chan": event.get("Channel", ""),
                "dst_chan": event.get("DestinationChannel", ""),
                "src_num": event.get("Source", ""),
                "dst_num": event.get("Destination", ""),
                "disposition": event.get("Disposition", ""),
                "appname": event.get("LastApplication", ""),
                "recordingfile": event.get("recordingfile", ""),
            }
        )

    # ------------------------------------------------------------------ helpers
    def _touch(self, event, moment, prefix=""):
        """Note that a channel exists, and return its facts."""
        uid, lid = event.get(f"{prefix}Uniqueid"), event[f"{prefix}Linkedid"]
        call = self.call(lid)
        before = self.lids.setdefault(uid, lid)
        if before != lid and self.calls.get(before) is not call:
            call = self._join(self.call(before), call)
        channel = call.channel(event[f"{prefix}Channel"])
        channel.uid = uid
        channel.note("seen", moment)
        if number := shown(event.get(f"{prefix}CallerIDNum")):
            channel.note("number", [moment, number])
        if exten := shown(event.get(f"{prefix}Exten")):
            channel.note("exten", [moment, exten])
        for variable in values(event, f"{prefix}ChanVariable"):
            if variable.startswith("FROM_DID=") and len(variable) > 9:
                channel.note("did", [moment, variable[9:]])
        self._change(call)
        return channel

    def _touch_dialled(self, event, moment):
        """Note both ends of dialling, and return the facts of the dialled one."""
        if event.get("Linkedid") and event.get("Channel"):
            self._touch(event, moment)
        if not (event.get("DestLinkedid") and event.get("DestChannel")):
            return None
        channel = self._touch(event, moment, "Dest")
        if event.get("Channel"):
            channel.dialers.add(event["Channel"])
        return channel

    def _join(self, call, other):
        if call is other:
            return call
        self.merged.append(call.lids | other.lids)
        call.merge(other)
        for lid in call.lids:
            self.calls[lid] = call
        self.changed.pop(id(other), None)
        self._change(call)
        return call

    def _change(self, call):
        self.changed[id(call)] = call


@lru_cache(maxsize=256)
def _snake(name):
    """Return the name of an event as our methods are named: DialBegin is dial_begin."""
    return CAMEL.sub("_", name).lower()


def _moment(event, arrived):
    try:
        return float(event["Timestamp"])
    except (KeyError, TypeError, ValueError):
        return arrived


def _last(call):
    moments = [channel.gone for channel in call.channels.values() if channel.gone]
    return max(moments, default=0)
