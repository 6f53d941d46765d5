from . import utm_campaign
from . import utm_medium
from . import utm_source
