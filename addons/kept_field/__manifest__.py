{
    "name": "Kept Fields",
    "summary": "Fields that a record sets by itself are closed to RPC and imports, too",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["base"],
}
