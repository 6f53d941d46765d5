{
    "name": "Deal Process: Quality Calls",
    "summary": "A random weekly sample of customers to phone, with a script and scores",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_process"],
    "data": [
        "security/ir.model.access.csv",
        "security/deal_process_quality_security.xml",
        "data/deal_quality_script_data.xml",
        "data/ir_cron_data.xml",
        "views/deal_quality_call_views.xml",
        "views/deal_quality_script_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "demo": ["demo/deal_quality_call_demo.xml"],
    "assets": {
        "web.assets_tests": ["deal_process_quality/static/tests/tours/*.js"],
    },
}
