from . import dealer_hire_batch, dealer_hire_batch_line, dealer_staff_hire
