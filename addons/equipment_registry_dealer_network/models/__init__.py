from . import (
    dealer_dealer,
    dealer_release,
    equipment_disclosure,
    equipment_identity,
    equipment_meter_reading,
    equipment_protocol,
    equipment_unit,
)
