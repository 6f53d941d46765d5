{
    "name": "Dealer Tenancy: Equipment Types",
    "summary": "The OEM's types are read by dealers, a dealer's own are its own",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "equipment_type"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
}
