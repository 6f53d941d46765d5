{
    "name": "Dealer Tenancy: Email Marketing",
    "summary": "Lists, contacts and mailings per dealer, recipients too",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "mass_mailing"],
    "auto_install": True,
    "data": [
        "data/dealer.tenant.policy.csv",
    ],
}
