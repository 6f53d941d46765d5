from . import matcher, reading
