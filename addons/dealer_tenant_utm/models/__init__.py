from . import utm_campaign, utm_medium, utm_source
