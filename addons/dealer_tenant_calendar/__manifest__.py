{
    "name": "Dealer Tenancy: Calendar",
    "summary": "Meetings of a dealer stay with it and with those it invites",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "calendar"],
    "auto_install": True,
    "data": [
        "data/dealer.tenant.policy.csv",
    ],
}
