from . import test_access, test_exam, test_grace, test_measures, test_path, test_tours
