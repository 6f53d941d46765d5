from . import (
    dealer_passport_share,
    dealer_staff_competence,
    guard_rail,
    guard_rail_action,
    guard_rail_event,
    guard_rail_request,
    guard_undo,
    ir_http,
    res_users,
)
