from . import crm_tag
from . import crm_lost_reason
from . import dealer_dealer
