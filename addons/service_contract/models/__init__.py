from . import (
    equipment_protocol,
    equipment_unit,
    service_contract,
    service_contract_renewal,
    service_offer,
    service_plan,
    service_refusal_reason,
    service_visit,
)
