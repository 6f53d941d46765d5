from . import equipment_availability
