{
    "name": "Deal Process: Service Contracts",
    "summary": "Service is offered in every deal; its tasks and its contract are on the deal",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_process", "deal_process_equipment_registry", "service_contract"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "data/deal_process_data.xml",
        "views/crm_lead_views.xml",
        "views/service_contract_views.xml",
        "views/service_offer_views.xml",
    ],
    "demo": ["demo/service_contract_demo.xml"],
}
