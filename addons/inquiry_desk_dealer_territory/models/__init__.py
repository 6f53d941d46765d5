from . import dealer_dealer
