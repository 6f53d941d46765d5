from odoo import fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    # every list of a dealer is filtered by its company, for which Odoo has no index
    company_id = fields.Many2one(index=True)
