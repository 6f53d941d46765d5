{
    "name": "Dealer Network Import",
    "summary": "Load a dealer network from CSV or Excel: dry run with every problem, "
    "then all or nothing",
    "version": "19.0.1.0.0",
    "author": "Dealer Network Suite",
    "license": "LGPL-3",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_network", "base_import"],
    "external_dependencies": {"python": ["phonenumbers", "openpyxl", "python-stdnum", "Babel"]},
    "data": [
        "security/ir.model.access.csv",
        "security/dealer_import_security.xml",
        "data/dealer.import.column.csv",
        "data/dealer.import.value.csv",
        "views/dealer_import_column_views.xml",
        "views/dealer_import_value_views.xml",
        "views/dealer_import_problem_views.xml",
        "views/dealer_import_run_views.xml",
        "wizards/dealer_import_wizard_views.xml",
        "views/dealer_import_menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["dealer_import/static/tests/tours/*.js"],
    },
}
