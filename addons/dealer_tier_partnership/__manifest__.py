{
    "name": "Dealer Tiers and Partner Levels",
    "summary": "A dealer's tier sets the level, and the price list, of its contact",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tier", "partnership"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/res_partner_grade_security.xml",
        "views/dealer_tier_views.xml",
    ],
    "demo": ["demo/dealer_tier_demo.xml"],
}
