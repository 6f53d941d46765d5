# what others inherit comes first
from . import certification_owned_mixin, certification_subject_mixin

# isort: split
from . import (
    certification_accreditation,
    certification_application,
    certification_body,
    certification_certificate,
    certification_certificate_reminder,
    certification_requirement,
    certification_scheme,
    certification_scheme_parameter,
    certification_scope,
    certification_test,
    certification_test_line,
    equipment_demo,
    equipment_type,
    equipment_unit,
    product_template,
    res_company,
    res_config_settings,
    stock_location,
    stock_lot,
    stock_move_line,
    stock_picking,
)
