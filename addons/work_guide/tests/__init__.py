from . import test_guide, test_tours
