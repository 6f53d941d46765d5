{
    "name": "Equipment Registry: Dealer Network",
    "summary": "The OEM knows machines and their dealers; customers, sites, meters as released",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["equipment_registry", "dealer_network"],
    "auto_install": True,
    "data": [
        "security/equipment_registry_dealer_network_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/equipment_disclosure_views.xml",
        "views/equipment_identity_views.xml",
    ],
}
