{
    "name": "Dealer Territories",
    "summary": "Areas of responsibility by postal code, and the dealer who serves an address",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_network"],
    "data": [
        "security/ir.model.access.csv",
        "security/dealer_territory_security.xml",
        "views/dealer_territory_assignment_views.xml",
        "views/dealer_territory_views.xml",
        "views/dealer_dealer_views.xml",
        "wizards/dealer_territory_find_views.xml",
        "views/dealer_territory_menus.xml",
    ],
    "demo": ["demo/dealer_territory_demo.xml"],
    "assets": {
        "web.assets_tests": ["dealer_territory/static/tests/tours/*.js"],
    },
}
