from . import test_dealers_offers
