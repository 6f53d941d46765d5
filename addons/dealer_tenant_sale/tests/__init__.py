from . import test_wizards
