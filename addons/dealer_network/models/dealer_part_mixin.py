from odoo import fields, models


class DealerPartMixin(models.AbstractModel):
    """A part of a dealer's network identity: outlet, operation, staff line.

    The two upstream companies follow the dealer and are stored here, so that
    the record rule compares columns of this table only.
    """

    _name = "dealer.part.mixin"
    _description = "Part of a Dealer"
    _inherit = ["dealer.guard.mixin"]

    dealer_id = fields.Many2one("dealer.dealer", required=True, index=True, ondelete="cascade")
    oem_company_id = fields.Many2one(
        related="dealer_id.oem_company_id", string="OEM company", store=True, index=True
    )
    network_company_id = fields.Many2one(
        related="dealer_id.network_company_id", string="Upstream company", store=True, index=True
    )
