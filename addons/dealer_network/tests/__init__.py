from . import (
    test_access,
    test_dealer,
    test_directory,
    test_people,
    test_release,
    test_scope,
    test_screens,
    test_tools,
    test_tours,
)
