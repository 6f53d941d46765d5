from . import dealer_isolation_recipe
