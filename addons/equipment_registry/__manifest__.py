{
    "name": "Equipment Registry",
    "summary": "One life for one machine: identity, installed base, delivery, commissioning, demo units",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["stock", "equipment_type"],
    "data": [
        "security/equipment_security.xml",
        "security/ir.model.access.csv",
        "views/equipment_identity_views.xml",
        "views/equipment_unit_views.xml",
        "views/product_template_views.xml",
        "views/equipment_menus.xml",
    ],
    "application": True,
}
