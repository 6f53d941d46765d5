{
    "name": "Deal Process: Equipment Certification",
    "summary": "Certification where a deal's equipment needs it, certificates in the dossier",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": [
        "deal_process",
        "deal_process_equipment_registry",
        "equipment_certification",
        "sale_stock",
    ],
    "auto_install": True,
    "data": ["data/deal_process_data.xml"],
    "demo": ["demo/certification_life_demo.xml"],
}
