from . import (
    test_access,
    test_cockpit,
    test_dossier,
    test_doors,
    test_process,
    test_refusal,
    test_tours,
)
