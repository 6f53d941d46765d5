"""How far the exchange's call history has been read."""

LATE = 20 * 60  # seconds in which a record with a smaller number may still come
MOST = 5000  # records that are read again because a number before them is missing


class Cursor:
    """Where reading goes on: before the first number that is missing and may still come.

    Records are numbered as they are written, and one may be seen before another with a smaller
    number. What lies beyond a missing number is asked for again, but taken only once.

    >>> cursor = Cursor(7)
    >>> cursor.take([8, 10], now=0.0), cursor.settled
    ([8, 10], 8)
    >>> cursor.take([9, 10], now=60.0), cursor.settled
    ([9], 10)
    >>> cursor.take([12], now=60.0), cursor.settled
    ([12], 10)
    >>> cursor.take([12], now=60.0 + LATE), cursor.settled
    ([], 12)

    :param int settled: the greatest number up to which everything was taken; 0: nothing yet
    """

    def __init__(self, settled):
        self.settled, self.beyond = settled, {}

    def take(self, keys, now):
        """Return those of the keys that are new, and move on.

        :param keys: numbers of the records that were read
        :param float now: seconds, by any clock
        """
        if not self.settled and keys:
            self.settled = min(keys) - 1  # what is older than the exchange's record is not wanted
        fresh = sorted({key for key in keys if key > self.settled} - self.beyond.keys())
        self.beyond.update(dict.fromkeys(fresh, now))
        for key in sorted(self.beyond):
            # a number before one that was seen long ago comes no more
            late = self.beyond[key] <= now - LATE or len(self.beyond) > MOST
            if key != self.settled + 1 and not late:
                break
            self.settled = key
            del self.beyond[key]
        return fresh
