"""Which guarded actions, or single guard rails, this call has passed already.

Kept beside the call and not in the context of the environment: what comes with a request from
outside can put anything there.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_passed = ContextVar("guard_rail_passed", default=())


@contextmanager
def passing(kind, guard_id, ids):
    """Let an action on records pass inside the block, or one guard rail of it.

    :param str kind: action or rail
    :param int guard_id: of the action or the rail
    :param ids: of the records

    >>> with passing("action", 1, [5, 6]):
    ...     has_passed("action", 1, [5]), has_passed("action", 1, [7]), has_passed("rail", 1, [5])
    (True, False, False)
    >>> has_passed("action", 1, [5])
    False
    """
    token = _passed.set((*_passed.get(), (kind, guard_id, frozenset(ids))))
    try:
        yield
    finally:
        _passed.reset(token)


def has_passed(kind, guard_id, ids):
    """Tell whether the action or the rail has been let pass on all these records."""
    wanted = set(ids)
    return any(passed[:2] == (kind, guard_id) and wanted <= passed[2] for passed in _passed.get())
