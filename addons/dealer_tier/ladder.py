"""How a dealer moves on the ladder of tiers: no ORM, no database.

Tiers are numbered from the lowest, 0.  ``None`` stands for no tier at all.
"""

from datetime import date, timedelta
from typing import NamedTuple


class Place(NamedTuple):
    """Where a dealer stands: its tier, and until when it may stay below the rules."""

    tier: int | None = None
    grace_until: date | None = None


class Step(NamedTuple):
    """The next place, and what happened: ``""`` for nothing worth noting."""

    place: Place
    event: str


def climb(place, entry, keep, today, grace_days=0):
    """Decide where a dealer stands from today.

    A dealer rises at once to the highest tier whose rules hold, those to enter and those to keep
    it: nobody enters a tier only to fall.  When the rules to keep its tier no longer hold, it has
    the days of grace to recover, and falls after that.

    >>> climb(Place(), [True, True, False], [True] * 3, date(2026, 1, 1))
    Step(place=Place(tier=1, grace_until=None), event='entry')
    >>> climb(Place(1), [True, False], [True, False], date(2026, 1, 1), 30)
    Step(place=Place(tier=1, grace_until=datetime.date(2026, 1, 31)), event='grace')

    :param Place place: where the dealer stands
    :param list entry: for each tier, whether its entry rules hold
    :param list keep: for each tier, whether its rules to keep it hold
    :param date today: the day of the decision
    :param int grace_days: days of grace of the present tier; 0 falls at once
    :return Step:
    """
    best = _highest([enter and stay for enter, stay in zip(entry, keep, strict=True)])
    if place.tier is None:
        return Step(Place(best), "" if best is None else "entry")
    if best is not None and best > place.tier:
        return Step(Place(best), "upgrade")
    if keep[place.tier]:
        return Step(Place(place.tier), "recovered" if place.grace_until else "")
    if place.grace_until is None and grace_days:
        until = today + timedelta(days=grace_days)
        return Step(Place(place.tier, until), "grace")
    if place.grace_until and today <= place.grace_until:
        return Step(place, "")
    return Step(Place(best), "downgrade")


def _highest(flags):
    return max((tier for tier, flag in enumerate(flags) if flag), default=None)
