{
    "name": "Deal Process: Quality Calls",
    "summary": "A random sample of customers to phone every week, with a script and a score per seller",
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
