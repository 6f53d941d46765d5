from . import test_stages
