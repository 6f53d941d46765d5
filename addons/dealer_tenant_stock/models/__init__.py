from . import (
    dealer_dealer,
    dealer_isolation_recipe,
    res_company,
    stock_lot,
    stock_package,
    stock_quant,
    stock_reference,
    stock_scrap,
)
