from odoo import models


class ProjectTaskType(models.Model):
    _name = "project.task.type"
    _inherit = ["project.task.type", "dealer.tenant.owned.mixin"]
