from . import test_states, test_wizards
