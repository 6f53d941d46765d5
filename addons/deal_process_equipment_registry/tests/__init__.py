from . import test_deal_machines
