# isort: off
# the parts of an inquiry before the inquiry
from . import crm_inquiry_intake
from . import crm_inquiry_answer
from . import crm_inquiry_clock

# isort: on
from . import (
    crm_contact_key,
    crm_inquiry,
    crm_inquiry_channel,
    crm_inquiry_cockpit,
    crm_inquiry_direction,
    crm_inquiry_identity,
    crm_inquiry_rule,
    crm_inquiry_template,
    crm_inquiry_template_line,
    crm_inquiry_triage,
    crm_inquiry_triage_check,
    crm_lead,
    mail_message,
    mail_thread,
    res_company,
    res_config_settings,
    res_partner,
)
