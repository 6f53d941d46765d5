{
    "name": "Guard Rail: Sales",
    "summary": "What an order gives away against the price list, for the filters of guard rails",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["guard_rail", "sale"],
    "auto_install": True,
    "data": ["data/guard_rail_data.xml", "views/sale_order_views.xml"],
}
