{
    "name": "Deal Process: BPMN",
    "summary": "The deal process as BPMN 2.0: a picture in the form and a file for other tools",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_process"],
    "data": ["views/deal_process_version_views.xml"],
    "assets": {
        "web.assets_backend": ["deal_process_bpmn/static/src/**/*"],
        "web.assets_tests": ["deal_process_bpmn/static/tests/tours/*.js"],
    },
}
