"""Numbers as they are printed."""

#: Decimals that are shown: as many as the checklist on the phone shows.
DECIMALS = 6


def plain(value):
    """Return a number in full, without zeros that say nothing.

    >>> plain(1234567.5), plain(4.0), plain(0.00001), plain(-0.0)
    ('1234567.5', '4', '0.00001', '0')
    """
    # zero is added as a rounded number below it has a sign
    text = f"{round(value, DECIMALS) + 0.0:.{DECIMALS}f}"
    return text.rstrip("0").rstrip(".")
