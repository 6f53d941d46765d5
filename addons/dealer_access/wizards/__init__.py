from . import dealer_api_key_create, dealer_staff_hire, dealer_staff_leave, dealer_staff_move
