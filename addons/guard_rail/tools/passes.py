"""Which guarded actions this call has passed already.

Kept beside the call and not in the context of the environment: what comes with a request from
outside can put anything there.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_passed = ContextVar("guard_rail_passed", default=())


@contextmanager
def passing(action_id, ids):
    """Let an action on records pass inside the block.

    >>> with passing(1, [5, 6]):
    ...     has_passed(1, [5]), has_passed(1, [7]), has_passed(2, [5])
    (True, False, False)
    >>> has_passed(1, [5])
    False
    """
    token = _passed.set((*_passed.get(), (action_id, frozenset(ids))))
    try:
        yield
    finally:
        _passed.reset(token)


def has_passed(action_id, ids):
    """Tell whether the action has been let pass on all these records."""
    wanted = set(ids)
    return any(action == action_id and wanted <= passed for action, passed in _passed.get())
