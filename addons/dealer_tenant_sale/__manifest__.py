{
    "name": "Dealer Tenancy: Sales",
    "summary": "Sales groups by role, open orders keep a tenant open",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "sale"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
}
