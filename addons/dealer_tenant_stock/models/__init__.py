from . import dealer_dealer
from . import res_company
