from . import (
    test_hardening_base,
    test_hardening_mail,
    test_isolation_check,
    test_isolation_tour,
    test_menus,
    test_policy,
    test_provisioning,
    test_provisioning_access,
    test_provisioning_scale,
    test_provisioning_tours,
    test_screens,
    test_stock_doors,
)
