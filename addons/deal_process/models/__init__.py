# what others inherit comes first

# isort: split
from . import (
    crm_lead,
    crm_lead_dossier,
    crm_lead_process,
    crm_lead_qualification,
    crm_lead_refusal,
    crm_team,
    deal_cockpit,
    deal_document,
    deal_document_type,
    deal_document_type_shipped,
    deal_gate,
    deal_gate_override,
    deal_gate_shipped,
    deal_need,
    deal_need_kind,
    deal_process,
    deal_process_stage,
    deal_process_version,
    deal_review,
    res_company,
    res_config_settings,
    res_partner,
    sale_order,
)
