{
    "name": "Dealer Tenancy: Partner Levels of Tiers",
    "summary": "A dealer reads the level that its tier brings, and no other of the OEM",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tier_partnership"],
    "auto_install": True,
}
