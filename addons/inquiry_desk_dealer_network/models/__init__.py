from . import crm_inquiry, crm_inquiry_rule, dealer_dealer
