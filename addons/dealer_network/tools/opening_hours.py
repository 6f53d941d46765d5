"""Opening hours as plain values, without the ORM."""

WEEKDAYS = [
    ("0", "Mon"),
    ("1", "Tue"),
    ("2", "Wed"),
    ("3", "Thu"),
    ("4", "Fri"),
    ("5", "Sat"),
    ("6", "Sun"),
]


def hour_text(hour):
    """Write a decimal hour as a clock does.

    >>> hour_text(9.5), hour_text(18.0)
    ('9:30', '18:00')
    """
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def merge_weekdays(by_day):
    """Join consecutive days of equal hours.

    :param dict by_day: weekday (0 is Monday) to a tuple of (from, to) in decimal hours
    :return: list of (first day, last day, spans) in order of the week

    >>> merge_weekdays({0: ((9.0, 18.0),), 1: ((9.0, 18.0),), 5: ((9.0, 13.0),)})
    [(0, 1, ((9.0, 18.0),)), (5, 5, ((9.0, 13.0),))]
    """
    merged = []
    for day in sorted(by_day):
        spans = by_day[day]
        if merged and merged[-1][1] == day - 1 and merged[-1][2] == spans:
            merged[-1] = (merged[-1][0], day, spans)
        else:
            merged.append((day, day, spans))
    return merged
