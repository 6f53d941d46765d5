{
    "name": "Guard Rail: Deal Process",
    "summary": "A deal moved to a wrong stage is moved back within a day",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["guard_rail", "deal_process"],
    "auto_install": True,
    "data": ["data/guard.rail.action.csv"],
}
