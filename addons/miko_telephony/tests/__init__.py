from . import (
    test_access,
    test_ami,
    test_callback,
    test_cards,
    test_control,
    test_engine,
    test_rest,
    test_store,
    test_tenancy,
    test_tours,
    test_watch,
)
