{
    "name": "Dealer Tenancy: Equipment Certification",
    "summary": "Dealers' people certify for their own company; what the OEM shares is read-only",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tenant_stock", "equipment_certification"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
    "demo": ["demo/dealer_certification_demo.xml"],
}
