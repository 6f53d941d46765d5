"""When the visits of a contract fall due; plain dates, no database."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta


def visit_dates(start, end, interval_months, until):
    """Return the due dates of visits: the last day of each interval of the contract.

    Months are counted from the start, so that a contract of the 31st keeps to the ends of
    months.

    :param date start: first day of the contract
    :param date end: last day of the contract
    :param int interval_months: months from visit to visit; 0 or less: no visits
    :param date until: nothing later is wanted
    :return: list of (number from 1, date)

    >>> visit_dates(date(2024, 1, 1), date(2024, 12, 31), 6, date(2030, 1, 1))
    [(1, datetime.date(2024, 6, 30)), (2, datetime.date(2024, 12, 31))]
    >>> visit_dates(date(2024, 1, 31), date(2024, 12, 31), 1, date(2024, 3, 1))
    [(1, datetime.date(2024, 2, 28))]
    """
    last, found, number = min(end, until), [], 1
    if interval_months <= 0 or start > last:
        return []
    while True:
        due = start + relativedelta(months=interval_months * number) - timedelta(days=1)
        if due > last:
            return found
        found.append((number, due))
        number += 1


def last_day(start, months):
    """Return the last day of a period of months.

    >>> last_day(date(2024, 3, 1), 12)
    datetime.date(2025, 2, 28)
    """
    return start + relativedelta(months=months) - timedelta(days=1)
