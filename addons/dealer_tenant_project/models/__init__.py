from . import project_tags, project_task, project_task_type
