"""Why nobody listened was a sentence and is a code now: known sentences get theirs, and all are
kept.
"""

#: (cause, pattern of what the system said), the first that fits
SAID = [
    ("listener", "The listener did not run%"),
    ("no_port", "%Errno 111]%"),
    ("unknown_host", "[Errno -_]%"),
    ("no_answer", "no answer"),
    ("silent", "%: no answer"),
    ("closed", "%closed%"),
    ("closed", "%Errno 104]%"),
    ("closed", "%Errno 32]%"),
    ("no_answer", "%Errno %"),
    ("refused", "%uthentication %"),
    ("refused", "%ermission denied%"),
]


def migrate(cr, version):
    for cause, pattern in SAID:
        cr.execute(
            "UPDATE miko_gap SET cause = %s WHERE cause IS NULL AND reason LIKE %s",
            [cause, pattern],
        )
