from . import (
    test_access,
    test_availability,
    test_matcher,
    test_offer,
    test_reading,
    test_rules,
    test_selection,
    test_sending,
    test_tours,
)
