{
    "name": "Dealer Tenancy: Surveys",
    "summary": "Surveys and answers per dealer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "survey"],
    "auto_install": True,
    "data": [
        "data/dealer.tenant.policy.csv",
    ],
}
