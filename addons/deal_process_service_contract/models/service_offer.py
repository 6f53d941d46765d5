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
        # who may change the offer need not see deals; the user, and so the author, stays the same
        return self.lead_id.sudo() or super()._task_record()
