"""What is asked of whom, and how far it is met. Plain Python on ids and dates."""

from dataclasses import dataclass
from datetime import timedelta

HELD, EXPIRING, LOW, GAP, EXTRA = "held", "expiring", "low", "gap", "extra"


@dataclass(frozen=True)
class Need:
    """One line of the catalogue of needs; None stands for "whatever it is".

    :param role: id of the role at the dealer
    :param activity: id of an activity that the dealer runs
    :param brand: id of a brand that the dealer runs an operation for
    :param authorised: the dealer must hold an authorisation for activity and brand
    """

    competence: int
    progress: int
    role: int | None = None
    activity: int | None = None
    brand: int | None = None
    authorised: bool = False

    def applies(self, role, operations, authorisations=frozenset()):
        """Tell whether the need is one of a person in a role at a dealer.

        :param operations: set of (activity, brand) that the dealer runs
        :param authorisations: set of (activity, brand) that the dealer is authorised for

        >>> Need(1, 50, role=7).applies(7, set())
        True
        >>> Need(1, 50, activity=2, brand=3).applies(7, {(2, 4), (1, 3)})
        False
        >>> Need(1, 50, brand=3, authorised=True).applies(7, {(2, 3)}, {(2, 3)})
        True
        """
        if self.role and self.role != role:
            return False
        if not (self.activity or self.brand or self.authorised):
            return True
        rights = authorisations if self.authorised else operations
        return any(
            self.activity in (None, activity) and self.brand in (None, brand)
            for activity, brand in rights
        )


def asked(needs, role, operations, authorisations=frozenset()):
    """Return ``{competence: highest progress asked}`` of a person in a role at a dealer.

    >>> asked([Need(1, 50), Need(1, 80, role=7), Need(2, 10, role=8)], 7, set())
    {1: 80}
    """
    result = {}
    for need in needs:
        if need.applies(role, operations, authorisations):
            result[need.competence] = max(need.progress, result.get(need.competence, 0))
    return result


def status(progress_asked, held, today, renew_days):
    """Say how a competence stands.

    :param progress_asked: level asked (0–100), None when it is not asked
    :param held: (progress, last valid day or None) of the best one in force, or None
    :param renew_days: so many days ahead of the end a renewal begins
    :return: one of the constants above, or None for nothing asked and nothing held

    >>> from datetime import date
    >>> day = date(2026, 5, 1)
    >>> status(50, (80, None), day, 30), status(50, (20, None), day, 30), status(50, None, day, 30)
    ('held', 'low', 'gap')
    >>> status(50, (80, date(2026, 5, 20)), day, 30)
    'expiring'
    """
    if progress_asked is None:
        return EXTRA if held else None
    if not held:
        return GAP
    progress, last_day = held
    if progress < progress_asked:
        return LOW
    if last_day and last_day - today <= timedelta(days=renew_days):
        return EXPIRING
    return HELD
