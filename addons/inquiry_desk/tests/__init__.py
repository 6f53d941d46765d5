from . import (
    test_gateway,
    test_hook,
    test_matching,
    test_own_samples,
    test_parsers,
    test_samples,
    test_template,
    test_tenancy,
    test_tours,
    test_triage,
)
