from . import (
    test_access,
    test_base_import,
    test_core,
    test_core_properties,
    test_import,
    test_import_update,
    test_tours,
)
