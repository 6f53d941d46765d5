{
    "name": "Work Guide: Inquiry Desk",
    "summary": "A guide for every state of an inquiry",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["work_guide", "inquiry_desk"],
    "auto_install": True,
    "data": ["data/work_guide_data.xml", "data/work_guide_tours.xml"],
    "assets": {"web.assets_backend": ["work_guide_inquiry_desk/static/src/**/*"]},
}
