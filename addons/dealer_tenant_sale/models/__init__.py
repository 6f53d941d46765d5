from . import dealer_dealer, sale_order
