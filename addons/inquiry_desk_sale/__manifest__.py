{
    "name": "Inquiry Desk - Sales",
    "summary": "The first order turns a potential customer into a customer; answers to a quotation find it",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["inquiry_desk", "sale_crm"],
    "auto_install": True,
}
