from . import guard_rail_answer
