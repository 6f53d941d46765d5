from . import dealer_opening_override
