{
    "name": "Dealer Tenancy: Deal Process",
    "summary": "Dealers' deals follow the shared process, each dealer's apart",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant_crm", "dealer_tenant_sale", "dealer_tenant", "deal_process"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
    "demo": ["demo/crm_lead_demo.xml"],
    "post_init_hook": "post_init_hook",
}
