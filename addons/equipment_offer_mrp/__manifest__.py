{
    "name": "Equipment Offer: Manufacturing",
    "summary": "Delivery dates of what is made, from the free capacity of the work centres",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["equipment_offer", "equipment_type_mrp"],
    "demo": ["demo/equipment_selection_demo.xml"],
    "auto_install": True,
}
