from . import test_scale
