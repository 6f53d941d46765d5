from odoo import fields, models


class ServiceOffer(models.Model):
    _inherit = "service.offer"

    lead_id = fields.Many2one(
        "crm.lead",
        string="Deal",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    def _task_record(self):
        """The tasks are on the deal, where its salesperson looks."""
        return self.lead_id or super()._task_record()
