# isort: off
from . import crm_inquiry  # the others add to it

# isort: on
from . import (
    crm_contact_key,
    crm_inquiry_answer,
    crm_inquiry_assign,
    crm_inquiry_channel,
    crm_inquiry_clock,
    crm_inquiry_cockpit,
    crm_inquiry_direction,
    crm_inquiry_identity,
    crm_inquiry_intake,
    crm_inquiry_match,
    crm_inquiry_notice,
    crm_inquiry_refusal,
    crm_inquiry_rule,
    crm_inquiry_sort,
    crm_inquiry_story,
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
