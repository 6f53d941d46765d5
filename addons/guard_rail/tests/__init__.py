from . import test_action, test_doors, test_rail, test_request, test_tours, test_undo
