{
    "name": "Dealer Tenancy",
    "summary": "Keeps every dealer's data to itself: provisioning, policy registry, hardening, "
    "isolation check",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_network", "queue_job", "base_user_role", "auth_signup"],
    "data": [
        "security/dealer_tenant_security.xml",
        "security/ir.model.access.csv",
        "data/dealer.tenant.policy.csv",
        "data/dealer_tenant_data.xml",
        "views/dealer_tenant_policy_views.xml",
        "views/dealer_isolation_check_views.xml",
        "data/dealer_provisioning_data.xml",
        "data/dealer_role_data.xml",
        "views/dealer_provisioning_views.xml",
        "views/dealer_mode_change_views.xml",
        "views/dealer_dealer_views.xml",
    ],
    "demo": ["demo/dealer_provisioning_demo.xml"],
    "assets": {
        "web.assets_backend": ["dealer_tenant/static/src/**/*"],
        "web.assets_tests": ["dealer_tenant/static/tests/tours/**/*"],
    },
}
