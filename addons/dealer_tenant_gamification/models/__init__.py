from . import gamification_badge
