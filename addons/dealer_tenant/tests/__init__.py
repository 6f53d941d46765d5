from . import test_provisioning
from . import test_provisioning_access
from . import test_provisioning_scale
from . import test_provisioning_tours
from . import test_policy
from . import test_hardening_base
from . import test_hardening_mail
from . import test_isolation_check
