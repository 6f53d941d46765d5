{
    "name": "Dealer Tenancy: Quality Calls",
    "summary": "Each dealer's quality calls apart",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant_deal_process", "deal_process_quality"],
    "auto_install": True,
}
