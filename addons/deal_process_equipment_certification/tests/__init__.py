from . import test_certification_stage
