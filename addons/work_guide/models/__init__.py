from . import ir_http, web_tour_tour, work_guide, work_guide_reading, work_guide_version
