from . import (
    crm_lead,
    deal_quality_answer,
    deal_quality_call,
    deal_quality_question,
    deal_quality_script,
    res_company,
    res_config_settings,
)
