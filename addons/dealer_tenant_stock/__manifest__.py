{
    "name": "Dealer Tenancy: Inventory",
    "summary": "A warehouse per dealer, companies at scale, and stock records kept apart",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "stock"],
    "auto_install": True,
    "data": [
        "data/dealer.tenant.policy.csv",
        "data/dealer_role_groups.xml",
    ],
    "demo": ["demo/dealer_provisioning_demo.xml"],
}
