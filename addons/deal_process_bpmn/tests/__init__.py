from . import test_bpmn, test_tours
