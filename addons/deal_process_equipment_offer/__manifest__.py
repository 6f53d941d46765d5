{
    "name": "Deal Process: Equipment Offers",
    "summary": "Selection of equipment from a deal, the deal's needs in the offer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_process", "equipment_offer"],
    "data": [
        "data/deal_document_type_data.xml",
        "views/equipment_selection_views.xml",
        "views/crm_lead_views.xml",
    ],
    "demo": ["demo/equipment_selection_demo.xml"],
    "auto_install": True,
}
