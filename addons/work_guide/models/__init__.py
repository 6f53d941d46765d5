from . import ir_http, work_guide, work_guide_reading, work_guide_version
