from . import dealer_dealer, dealer_isolation_recipe
