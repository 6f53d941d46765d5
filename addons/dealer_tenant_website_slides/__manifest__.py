{
    "name": "Dealer Tenancy: eLearning",
    "summary": "Courses and their attendees per dealer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "website_slides"],
    "auto_install": True,
    "data": [
        "data/dealer.tenant.policy.csv",
        "data/dealer_role_groups.xml",
    ],
}
