{
    "name": "Inquiry Desk: Dealer Territories",
    "summary": "Suggests the dealer who is assigned to the customer's postal code",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["inquiry_desk", "inquiry_desk_dealer_network", "dealer_territory"],
    "auto_install": True,
    "demo": ["demo/crm_inquiry_demo.xml"],
}
