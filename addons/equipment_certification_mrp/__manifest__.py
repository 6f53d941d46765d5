{
    "name": "Equipment Certification: Manufacturing",
    "summary": "Apply for certification from the manufacturing order",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["equipment_certification", "mrp"],
    "auto_install": True,
    "data": ["views/mrp_production_views.xml"],
}
