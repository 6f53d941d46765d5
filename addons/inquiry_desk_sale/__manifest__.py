{
    "name": "Inquiry Desk - Sales",
    "summary": "A first order makes a customer of a potential one; answers to quotations find them",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["inquiry_desk", "sale_crm"],
    "auto_install": True,
}
