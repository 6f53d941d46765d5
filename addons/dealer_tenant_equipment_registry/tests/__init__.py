from . import test_dealers_machines
