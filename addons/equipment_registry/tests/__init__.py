from . import (
    test_access,
    test_demo,
    test_meter,
    test_protocol,
    test_protocol_stock,
    test_report,
    test_serial,
    test_signature,
    test_template,
    test_tours,
    test_unit,
)
