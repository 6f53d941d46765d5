from . import (
    dealer_dealer,
    dealer_territory,
    dealer_territory_assignment,
    dealer_territory_zip,
)
