from . import dealer_staff_hire
from . import dealer_staff_move
from . import dealer_staff_leave
from . import dealer_api_key_create
