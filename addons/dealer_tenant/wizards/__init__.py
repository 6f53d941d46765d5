from . import dealer_mode_change
