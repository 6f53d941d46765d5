from . import (
    test_access,
    test_api,
    test_audit,
    test_hygiene,
    test_life,
    test_support,
    test_suspension,
    test_tours,
)
