from . import test_suggested_dealer
