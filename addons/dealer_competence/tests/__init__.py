from . import test_access, test_competence, test_matrix, test_passport, test_tours
