from . import test_deal_service
