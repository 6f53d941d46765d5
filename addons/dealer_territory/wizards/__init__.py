from . import dealer_territory_find
