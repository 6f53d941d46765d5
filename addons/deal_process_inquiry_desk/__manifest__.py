{
    "name": "Deal Process: Inquiry Desk",
    "summary": "The inquiries and calls that a deal began with, in its dossier",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["deal_process", "inquiry_desk"],
    "auto_install": True,
    "data": ["data/deal_document_type_data.xml"],
}
