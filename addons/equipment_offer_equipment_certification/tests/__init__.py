from . import test_offered_certificates
