from . import test_dealers_contracts
