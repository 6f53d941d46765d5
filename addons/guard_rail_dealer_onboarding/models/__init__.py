from . import dealer_today
