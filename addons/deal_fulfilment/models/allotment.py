"""How demands share what is free in the warehouse, without the ORM."""


def allot(demands, free):
    """Serve demands in their order from what is free.

    :param demands: list of (key, quantity), quantities not negative
    :param free: free quantity by key; missing or negative means nothing
    :return: for each demand the quantity that it gets, in the same unit

    >>> allot([("pump", 4), ("pump", 4), ("valve", 1)], {"pump": 6})
    [4, 2, 0]
    >>> allot([("pump", 1)], {"pump": -2})
    [0]
    """
    left = dict(free)
    served = []
    for key, quantity in demands:
        taken = min(quantity, max(left.get(key, 0), 0))
        left[key] = left.get(key, 0) - taken
        served.append(taken)
    return served
