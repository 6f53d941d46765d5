{
    "name": "Dealer Tenancy: MIKO Telephony",
    "summary": "Each dealer's exchange, calls, recordings and cards are its own",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tenant_crm", "miko_telephony"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
}
