from . import (
    dealer_dealer,
    dealer_isolation_recipe,
    res_company,
    stock_lot,
    stock_package,
    stock_reference,
)
