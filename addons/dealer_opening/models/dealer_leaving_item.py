from odoo import api, fields, models


class DealerLeavingItem(models.Model):
    """A kind of work that a leaving dealer hands over, with its size."""

    _name = "dealer.leaving.item"
    _description = "Item of a Hand-Over"
    _order = "leaving_id, sequence, id"
    _rec_name = "kind"

    leaving_id = fields.Many2one("dealer.leaving", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="leaving_id.dealer_id", store=True, index=True)
    network_company_id = fields.Many2one(
        related="leaving_id.network_company_id", store=True, index=True
    )
    sequence = fields.Integer()
    kind = fields.Char(required=True, readonly=True)
    name = fields.Char(string="What", compute="_compute_kind")
    needs_ground = fields.Boolean(
        compute="_compute_kind", help="Personal data of the dealer's: a legal ground is needed."
    )
    count = fields.Integer(string="Found", readonly=True)
    hand_over = fields.Boolean(
        string="Hand over", default=True, help="Unticked: stays as it is with the dealer."
    )
    done_count = fields.Integer(string="Handed over", readonly=True)

    _kind_uniq = models.Constraint(
        "UNIQUE(leaving_id, kind)", "A kind of work is listed once in a hand-over."
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind(self):
        kinds = self.env["dealer.leaving"]._handover_kinds()
        for item in self:
            label, _model, needs_ground = kinds.get(item.kind, (item.kind, None, True))
            item.name = label
            item.needs_ground = needs_ground
