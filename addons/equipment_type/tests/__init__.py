from . import test_access, test_units, test_values
