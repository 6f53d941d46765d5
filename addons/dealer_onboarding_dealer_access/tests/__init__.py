from . import test_hire
