{
    "name": "Dealer Competence: Authorisations",
    "summary": "Authorisations ask for competences, and competences are asked where authorised",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["dealer_competence", "dealer_agreement"],
    "auto_install": True,
    "data": ["views/dealer_authorisation_condition_views.xml"],
}
