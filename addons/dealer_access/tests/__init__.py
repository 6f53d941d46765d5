from . import test_access
from . import test_api
from . import test_audit
from . import test_hygiene
from . import test_life
from . import test_support
from . import test_suspension
from . import test_tours
