{
    "name": "Dealer Tenancy: Products",
    "summary": "The OEM's range is shared, a dealer's own products and price lists are not",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "product"],
    "auto_install": True,
    "demo": ["demo/dealer_provisioning_demo.xml"],
}
