from . import certification_stop
