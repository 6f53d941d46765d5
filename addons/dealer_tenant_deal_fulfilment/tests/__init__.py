from . import test_dealer_fulfilment
