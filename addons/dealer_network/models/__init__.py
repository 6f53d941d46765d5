# what others inherit comes first
from . import dealer_guard_mixin

# isort: split
from . import dealer_cached_mixin, dealer_geo_mixin, dealer_part_mixin, dealer_two_party_mixin

# isort: split
from . import (
    dealer_activity,
    dealer_affiliation,
    dealer_brand,
    dealer_coverage,
    dealer_dealer,
    dealer_directory,
    dealer_network_screen,
    dealer_operation,
    dealer_outlet,
    dealer_outlet_hours,
    dealer_person,
    dealer_product_line,
    dealer_release,
    dealer_release_purpose,
    dealer_release_subject,
    dealer_role,
    dealer_staff,
    dealer_state_permission,
    dealer_type,
    res_company,
    res_users,
)
