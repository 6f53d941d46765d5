from . import test_access, test_leaving, test_opening, test_tours
