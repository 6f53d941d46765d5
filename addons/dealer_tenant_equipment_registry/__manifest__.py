{
    "name": "Dealer Tenancy: Equipment Registry",
    "summary": "Machines, protocols and loans per dealer; roles of the dealers' people",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tenant_stock", "equipment_registry"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
    "demo": ["demo/dealer_equipment_demo.xml"],
}
