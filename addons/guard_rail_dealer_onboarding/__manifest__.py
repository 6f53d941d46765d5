{
    "name": "Guard Rail: Today",
    "summary": "What waits for a confirmation stands on the first screen",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["guard_rail", "dealer_onboarding"],
    "data": ["views/guard_rail_menus.xml"],
    "auto_install": True,
}
