{
    "name": "Deal Fulfilment: Demo Machines",
    "summary": "Orders of the demo machines from stock, made, bought and missing",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_fulfilment", "equipment_type_mrp"],
    "auto_install": True,
    "demo": ["demo/res_users_demo.xml", "demo/sale_order_demo.xml"],
}
