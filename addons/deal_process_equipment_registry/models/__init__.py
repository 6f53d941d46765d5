from . import crm_lead, deal_document_type, deal_gate
