{
    "name": "Equipment Types: Manufacturing",
    "summary": "Work centres and bills of materials of the demo machines",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["equipment_type", "equipment_type_stock", "mrp"],
    "demo": ["demo/mrp_workcenter_demo.xml", "demo/mrp_bom_demo.xml"],
    "auto_install": True,
}
