# what others inherit comes first
from . import (
    equipment_check_mixin,
    equipment_protocol_content_mixin,
    equipment_shareable_mixin,
    equipment_state_mixin,
)

# isort: split
from . import (
    equipment_demo,
    equipment_identity,
    equipment_meter,
    equipment_meter_reading,
    equipment_protocol,
    equipment_protocol_line,
    equipment_protocol_photo,
    equipment_protocol_signature,
    equipment_protocol_stock,
    equipment_protocol_template,
    equipment_protocol_template_line,
    equipment_unit,
    equipment_unit_event,
    equipment_unit_work,
    product_template,
    res_partner,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_picking,
)
