from . import project_tags
from . import project_task_type
