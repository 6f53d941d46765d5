from . import test_authorisation
