{
    "name": "Dealer Tenancy: Manufacturing",
    "summary": "Production groups per dealer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "mrp"],
    "auto_install": True,
    "data": [
        "data/dealer.tenant.policy.csv",
    ],
}
