from . import (
    equipment_parameter,
    equipment_parameter_choice,
    equipment_parameter_value,
    equipment_type,
    product_template,
    uom_uom,
)
