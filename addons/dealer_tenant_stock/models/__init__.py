from . import dealer_dealer
from . import res_company
from . import stock_lot
from . import stock_package
from . import stock_reference
from . import dealer_isolation_recipe
