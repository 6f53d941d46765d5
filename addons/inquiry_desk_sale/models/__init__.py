from . import crm_inquiry, sale_order
