"""How serial numbers are compared: as people read them off a plate."""


def serial_key(serial):
    """Return the form in which two readings of one plate are equal.

    Blanks and case differ between people; dashes and dots belong to the number.

    >>> serial_key(" cp40 - 0017")
    'CP40-0017'
    >>> serial_key(None)
    ''
    """
    return "".join((serial or "").split()).upper()
