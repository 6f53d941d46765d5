from . import project_tags, project_task_type
