from . import crm_lost_reason, crm_tag, dealer_dealer
