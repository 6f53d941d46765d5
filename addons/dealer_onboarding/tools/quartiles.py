"""Quartiles of a network, kept back while they would tell of a single dealer."""

from statistics import quantiles

LEAST_DEALERS = 5


def quartiles(values):
    """Return (first quartile, median, third quartile), or None for too few values.

    :param values: one number per dealer

    >>> quartiles([1, 2, 3, 4])
    >>> quartiles([10, 20, 30, 40, 50])
    (20.0, 30.0, 40.0)
    """
    if len(values) < LEAST_DEALERS:
        return None
    return tuple(round(value, 1) for value in quantiles(values, n=4, method="inclusive"))
