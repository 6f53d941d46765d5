{
    "name": "Dealer Tenancy: Employees",
    "summary": "Employees, skills and careers per dealer",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_tenant", "hr_skills"],
    "auto_install": True,
}
