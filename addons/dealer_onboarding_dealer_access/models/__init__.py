from . import dealer_staff
