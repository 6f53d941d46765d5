from . import test_deal_offer
