from . import test_dealers_deal
