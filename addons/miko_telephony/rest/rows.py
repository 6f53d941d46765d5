"""Records of calls as MikoPBX's REST v3 gives them."""

from datetime import datetime
from zoneinfo import ZoneInfo


def read_row(record, zone):
    """Return what the engine takes of a record of the call history.

    :param dict record: one of ``data.records``
    :param str zone: time zone of the exchange, which writes times without one
    :return: ``key`` (int), ``linkedid``, channels, numbers, ``start``, ``answer``, ``end`` in
        seconds since 1970, ``disposition``, ``appname``, ``recordingfile``
    """
    return {
        "key": int(record["id"]),
        "linkedid": record.get("linkedid") or "",
        "uid": record.get("UNIQUEID") or "",
        "src_chan": record.get("src_chan") or "",
        "dst_chan": record.get("dst_chan") or "",
        "src_num": record.get("src_num") or "",
        "dst_num": record.get("dst_num") or "",
        "did": record.get("did") or "",
        "start": _seconds(record.get("start"), zone),
        "answer": _seconds(record.get("answer"), zone),
        "end": _seconds(record.get("endtime"), zone),
        "disposition": "NO ANSWER"
        if record.get("disposition") == "NOANSWER"
        else record.get("disposition") or "",
        "appname": record.get("appname") or "",
        "recordingfile": record.get("recordingfile") or "",
    }


def _seconds(text, zone):
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or ZoneInfo(zone)).timestamp()
