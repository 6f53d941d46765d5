# what others inherit comes first
from . import dealer_signed_file_mixin

# isort: split
from . import (
    dealer_agreement,
    dealer_agreement_amendment,
    dealer_agreement_type,
    dealer_authorisation,
    dealer_authorisation_check,
    dealer_authorisation_condition,
    dealer_dealer,
    dealer_type,
)
