from . import test_territory
