{
    "name": "Dealer Tenancy: Deal Fulfilment",
    "summary": "Dealers fulfil their orders from their own stock and vendors, unseen by each other",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tenant_stock", "dealer_tenant_sale", "deal_fulfilment"],
    "auto_install": True,
    "demo": ["demo/dealer_provisioning_demo.xml"],
}
