from . import test_access, test_assignment, test_find, test_postal, test_territory, test_tours
