from . import mrp_production_group
