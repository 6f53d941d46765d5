from . import dealer_dealer, dealer_isolation_recipe, product_pricelist_item
