"""Who is phoned this week: a random draw that reaches every salesperson. No ORM here."""

from collections import defaultdict


def draw(candidates, count, random):
    """Choose candidates at random, spread over their owners as evenly as it goes.

    :param candidates: list of (candidate, owner)
    :param int count: how many at most
    :param random: a `random.Random`
    :return: list of candidates

    >>> from random import Random
    >>> sorted(draw([("a", 1), ("b", 1), ("c", 2)], 2, Random(1)))[-1]
    'c'
    """
    by_owner = defaultdict(list)
    for candidate, owner in candidates:
        by_owner[owner].append(candidate)
    for waiting in by_owner.values():
        random.shuffle(waiting)
    owners = list(by_owner)
    random.shuffle(owners)
    chosen = []
    while owners and len(chosen) < count:
        for owner in owners[: count - len(chosen)]:
            chosen.append(by_owner[owner].pop())
        owners = [owner for owner in owners if by_owner[owner]]
    return chosen
