from . import dealer_dealer, purchase_order_line
