from odoo import api, fields, models


class EquipmentShareableMixin(models.AbstractModel):
    """Master data of service: a company's own, or shared by all without a company."""

    _name = "equipment.shareable.mixin"
    _description = "Shared or a Company's Own"
    _inherit = "equipment.shared.mixin"

    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_company(),
        help="Without a company it is shared by all, and changed by who keeps shared data.",
    )

    @api.model
    def _default_company(self):
        """Shared for those who keep shared data, else the user's company's own."""
        is_keeper = self.env.user.has_group("equipment_type.group_shared_manager")
        return self.env["res.company"] if is_keeper else self.env.company
