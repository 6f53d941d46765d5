from odoo import api, fields, models


class EquipmentIdentity(models.Model):
    _inherit = "equipment.identity"

    dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Present dealer",
        compute="_compute_dealer_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        help="Dealer that has the machine, or sold it and serves it.",
    )
    disclosure_ids = fields.One2many("equipment.disclosure", "identity_id")

    @api.depends("holder_company_id")
    def _compute_dealer_id(self):
        """The present dealer is that of the present company; the OEM's own stock has none."""
        by_company = self.env["dealer.dealer"]._by_company(self.holder_company_id)
        for identity in self:
            identity.dealer_id = by_company.get(identity.holder_company_id)

    @api.model
    def _overseer(self, product, company):
        """The OEM oversees the machines of its range, whoever registers them; a dealer its own."""
        company = super()._overseer(product, company)
        if product.company_id:
            return company
        seen = self.env["res.company"]
        while company not in seen:
            seen |= company
            dealer = self.env["dealer.dealer"]._by_company(company).get(company)
            company = dealer.network_company_id if dealer else company
        return company
