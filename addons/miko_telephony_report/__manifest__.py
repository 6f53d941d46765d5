{
    "name": "MIKO Telephony: Statistics",
    "summary": "Answered, missed, reached back, waiting time; by hour, colleague and department",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Dealer Network Suite",
    "category": "Sales/Dealer Network",
    "depends": ["miko_telephony"],
    "data": [
        "security/miko_telephony_report_security.xml",
        "security/ir.model.access.csv",
        "views/miko_call_report_views.xml",
    ],
}
