from . import dealer_reparent_wizard, dealer_state_wizard
