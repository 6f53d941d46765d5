from . import (
    dealer_opening_template,
    dealer_opening_template_milestone,
    dealer_opening,
    dealer_opening_milestone,
    dealer_leaving,
    dealer_leaving_item,
    dealer_dealer,
)
