from . import test_access, test_agreement, test_authorisation, test_cron, test_report, test_tours
