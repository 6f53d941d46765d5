{
    "name": "Dealer Onboarding: Hiring",
    "summary": "One wizard: user, path, mentor and first-day plan, for one person or from a file",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_onboarding", "dealer_access"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "data/dealer.tenant.policy.csv",
        "data/res_users_data.xml",
        "wizards/dealer_staff_hire_views.xml",
        "wizards/dealer_hire_batch_views.xml",
    ],
    "demo": ["demo/survey_user_input_demo.xml"],
    "assets": {
        "web.assets_tests": ["dealer_onboarding_dealer_access/static/tests/tours/**/*"],
    },
}
