from . import (
    equipment_identity,
    equipment_unit,
    equipment_unit_event,
    product_template,
    stock_lot,
    stock_move,
    stock_move_line,
)
