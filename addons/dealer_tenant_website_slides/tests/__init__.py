from . import test_own_courses
