from . import test_isolation, test_provisioning, test_two_desks
