{
    "name": "Equipment Offer: Certification",
    "summary": "The offer lists the certificates of the offered equipment",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["equipment_offer", "equipment_certification"],
    "auto_install": True,
}
