{
    "name": "Dealer Tenancy: Equipment Offers",
    "summary": "Selections, rules and sent offers per dealer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": [
        "dealer_tenant",
        "dealer_tenant_equipment_type",
        "dealer_tenant_sale",
        "dealer_tenant_stock",
        "equipment_offer",
    ],
    "auto_install": True,
    "demo": ["demo/equipment_selection_demo.xml", "demo/sale_order_demo.xml"],
}
