from . import test_kept_fields
