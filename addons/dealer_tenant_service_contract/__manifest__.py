{
    "name": "Dealer Tenancy: Service Contracts",
    "summary": "Maintenance contracts, visits and offers per dealer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tenant_equipment_registry", "service_contract"],
    "auto_install": True,
}
