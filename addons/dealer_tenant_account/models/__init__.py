from . import account_analytic_line, account_payment, dealer_dealer
