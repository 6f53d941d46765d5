"""Validity between two dates, both included and both optional."""

from odoo.fields import Domain

STATES = [("future", "Future"), ("current", "Current"), ("past", "Past")]


def state_on(day, start, end):
    """Tell where a day lies against a span.

    >>> from datetime import date
    >>> state_on(date(2026, 5, 1), date(2026, 5, 1), None)
    'current'
    >>> state_on(date(2026, 5, 2), None, date(2026, 5, 1))
    'past'
    """
    if start and start > day:
        return "future"
    if end and end < day:
        return "past"
    return "current"


def domain_on(day, start_field, end_field):
    """Return the domain of records in force on a day."""
    return Domain.AND(
        [
            Domain(start_field, "=", False) | Domain(start_field, "<=", day),
            Domain(end_field, "=", False) | Domain(end_field, ">=", day),
        ]
    )


def domain_stale(day, start_field, end_field):
    """Return the domain of records whose stored ``state`` is not that of the day."""
    future = Domain(start_field, ">", day)
    past = ~future & Domain(end_field, "<", day)
    current = domain_on(day, start_field, end_field)
    return Domain.OR(
        [
            future & Domain("state", "!=", "future"),
            past & Domain("state", "!=", "past"),
            current & Domain("state", "!=", "current"),
        ]
    )
