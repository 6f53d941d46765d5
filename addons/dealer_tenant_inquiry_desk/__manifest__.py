{
    "name": "Dealer Tenancy: Inquiry Desk",
    "summary": "Every dealer has a desk of its own, and nothing of a rival's is matched or guessed",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "dealer_tenant_crm", "inquiry_desk"],
    "auto_install": True,
    "data": ["data/dealer_role_groups.xml"],
    "demo": ["demo/dealer_provisioning_demo.xml", "demo/crm_inquiry_demo.xml"],
}
