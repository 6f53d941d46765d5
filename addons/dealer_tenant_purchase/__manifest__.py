{
    "name": "Dealer Tenancy: Purchase",
    "summary": "Open purchase orders keep a tenant open",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "purchase"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
}
