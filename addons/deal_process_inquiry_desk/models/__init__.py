from . import crm_inquiry, deal_document_type
