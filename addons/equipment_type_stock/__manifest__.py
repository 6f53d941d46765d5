{
    "name": "Equipment Types: Stock",
    "summary": "The demo machines are stored by serial number, with something in the warehouse",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["equipment_type", "stock"],
    "demo": ["demo/product_demo.xml", "demo/stock_quant_demo.xml"],
    "auto_install": True,
}
