from . import crm_lead, deal_document_type, equipment_selection, sale_order
