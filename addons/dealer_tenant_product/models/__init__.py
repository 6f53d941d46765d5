from . import dealer_dealer
from . import dealer_isolation_recipe
