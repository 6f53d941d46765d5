# isort: off
# the parts of a call before the call
from . import miko_call_store
from . import miko_call_card
from . import miko_call_form
from . import miko_call_control
from . import miko_call_callback

# isort: on
from . import (
    crm_lead,
    miko_blacklist,
    miko_call,
    miko_call_alias,
    miko_call_leg,
    miko_extension,
    miko_gap,
    miko_health,
    miko_line,
    miko_pbx,
    miko_pbx_check,
    miko_pbx_watch,
    res_partner,
)
