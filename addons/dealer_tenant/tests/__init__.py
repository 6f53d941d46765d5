from . import test_provisioning
from . import test_provisioning_access
from . import test_provisioning_scale
from . import test_provisioning_tours
