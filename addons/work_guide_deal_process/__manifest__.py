{
    "name": "Work Guide: Deal Process",
    "summary": "A guide for every stage of the deal process",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["work_guide", "deal_process"],
    "auto_install": True,
    "data": ["data/work_guide_data.xml", "data/work_guide_tours.xml"],
    "assets": {"web.assets_backend": ["work_guide_deal_process/static/src/**/*"]},
}
