from . import dealer_dealer, dealer_tier, res_partner, res_partner_grade
