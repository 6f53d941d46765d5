from . import test_hire, test_own_paths
