from . import test_dealers_types
