from . import (
    dealer_dealer,
    dealer_tier,
    dealer_tier_change,
    dealer_tier_change_line,
    dealer_tier_result,
    dealer_tier_rule,
)
