from . import dealer_tier_override
