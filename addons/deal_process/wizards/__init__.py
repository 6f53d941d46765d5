from . import crm_lead_lost, deal_process_move
