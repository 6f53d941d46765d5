from . import test_access, test_serial, test_unit
