from . import dealer_import_line, dealer_import_wizard
