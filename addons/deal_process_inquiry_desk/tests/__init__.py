from . import test_dossier
