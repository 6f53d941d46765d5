from . import equipment_shared_mixin  # isort: skip
from . import (
    equipment_parameter,
    equipment_parameter_choice,
    equipment_parameter_value,
    equipment_type,
    product_template,
    uom_uom,
)
