from . import (
    test_access,
    test_cockpit,
    test_doors,
    test_dossier,
    test_process,
    test_refusal,
    test_tours,
)
