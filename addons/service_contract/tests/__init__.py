from . import test_access, test_contract, test_offer, test_schedule, test_tours, test_visit
