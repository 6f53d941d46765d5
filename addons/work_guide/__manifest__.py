{
    "name": "Work Guide",
    "summary": "Help where the work is: method, script, checklist and video in any form and stage",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_network", "web_tour"],
    "data": [
        "security/ir.model.access.csv",
        "security/work_guide_rules.xml",
        "data/work_guide_data.xml",
        "data/work_guide_tours.xml",
        "views/work_guide_views.xml",
        "views/work_guide_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["work_guide/static/src/**/*"],
        "web.assets_tests": ["work_guide/static/tests/tours/**/*"],
    },
}
