from . import (
    dealer_dealer,
    dealer_import_column,
    dealer_import_loader,
    dealer_import_problem,
    dealer_import_reference,
    dealer_import_run,
    dealer_import_value,
)
