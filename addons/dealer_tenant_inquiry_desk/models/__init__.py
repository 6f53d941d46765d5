from . import dealer_dealer, dealer_isolation_recipe, mail_alias, res_company
