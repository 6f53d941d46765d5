from . import crm_lost_reason, crm_tag, crm_team, dealer_dealer, dealer_staff
