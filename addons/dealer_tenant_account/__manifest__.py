{
    "name": "Dealer Tenancy: Accounting",
    "summary": "A chart of accounts for dealers that keep their books here",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "account"],
    "auto_install": True,
}
