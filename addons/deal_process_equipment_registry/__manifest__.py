{
    "name": "Deal Process: Equipment Registry",
    "summary": "Installation where the deal's machines need it, their protocols in the dossier",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_process", "equipment_registry", "sale_stock"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "data/deal_process_data.xml",
        "views/crm_lead_views.xml",
    ],
    "demo": ["demo/equipment_lives_demo.xml"],
}
