{
    "name": "Inquiry Desk: Dealer Network",
    "summary": "Suggests the dealer who serves the customer, and hands the request to his desk",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["inquiry_desk", "dealer_network"],
    "auto_install": True,
    "data": [
        "data/crm_lost_reason_data.xml",
        "views/crm_inquiry_views.xml",
        "views/crm_inquiry_rule_views.xml",
    ],
    "demo": ["demo/res_users_demo.xml"],
    "assets": {
        "web.assets_backend": ["inquiry_desk_dealer_network/static/src/**/*"],
    },
}
