from . import (
    crm_lost_reason,
    crm_tag,
    crm_team,
    crm_team_member,
    dealer_dealer,
    dealer_staff,
    res_users,
)
