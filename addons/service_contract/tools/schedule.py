"""When the visits of a contract fall due; plain dates, no database."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta


def visit_dates(start, end, interval_months, until):
    """Return the due dates of visits: the last day of each interval of the contract.

    Months are counted from the start, so that a contract of the 31st keeps to the ends of
    months, and that visits and renewals of it meet.

    :param date start: first day of the contract
    :param date end: last day of the contract
    :param int interval_months: months from visit to visit; 0 or less: no visits
    :param date until: nothing later is wanted
    :return: list of (number from 1, date)

    >>> visit_dates(date(2024, 1, 1), date(2024, 12, 31), 6, date(2030, 1, 1))
    [(1, datetime.date(2024, 6, 30)), (2, datetime.date(2024, 12, 31))]
    >>> visit_dates(date(2024, 1, 31), date(2024, 12, 31), 1, date(2024, 3, 1))
    [(1, datetime.date(2024, 2, 29))]
    """
    last, found, number = min(end, until), [], 1
    if interval_months <= 0 or start > last:
        return []
    while True:
        due = last_day(start, interval_months * number)
        if due > last:
            return found
        found.append((number, due))
        number += 1


def last_day(start, months):
    """Return the last day of a period of months: of a month that is too short, its last.

    >>> last_day(date(2024, 3, 1), 12)
    datetime.date(2025, 2, 28)
    >>> last_day(date(2024, 8, 31), 6)
    datetime.date(2025, 2, 28)
    """
    following = start + relativedelta(months=months)
    return following - timedelta(days=1) if following.day == start.day else following


def following_last_day(start, end, months):
    """Return the last day of the period of months that follows the one from start to end.

    It is counted from the start, too; from the end only where that was chosen otherwise.

    >>> following_last_day(date(2024, 8, 31), date(2025, 2, 28), 6)
    datetime.date(2025, 8, 30)
    """
    first = end + timedelta(days=1)
    passed = relativedelta(first, start)
    passed = 12 * passed.years + passed.months
    if last_day(start, passed) == end:
        return last_day(start, passed + months)
    return last_day(first, months)
