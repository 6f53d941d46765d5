from . import (
    dealer_dealer,
    dealer_leaving,
    dealer_leaving_item,
    dealer_opening,
    dealer_opening_milestone,
    dealer_opening_template,
    dealer_opening_template_milestone,
)
