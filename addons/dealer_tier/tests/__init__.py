from . import test_access, test_ladder, test_tier, test_tours
