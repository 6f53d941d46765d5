from . import (
    test_access,
    test_allotment,
    test_changes,
    test_promise,
    test_shipping,
    test_split,
    test_tours,
    test_view,
)
