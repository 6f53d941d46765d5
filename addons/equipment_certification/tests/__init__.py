from . import (
    test_application,
    test_certificate,
    test_gate,
    test_reminder,
    test_serial_number,
    test_tenancy,
    test_tours,
    test_verification,
)
