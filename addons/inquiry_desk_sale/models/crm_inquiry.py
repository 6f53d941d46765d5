from odoo import api, models


class CrmInquiry(models.Model):
    _inherit = "crm.inquiry"

    @api.model
    def _answerable_models(self):
        return [*super()._answerable_models(), "sale.order"]

    @api.model
    def _numbered(self, number, company):
        """An order's number in brackets counts like an inquiry's."""
        found = super()._numbered(number, company)
        if found or not number:
            return found
        return (
            self.env["sale.order"]
            .sudo()
            .search([("name", "=", number), ("company_id", "=", company.id)], limit=1)
        )

    def _join_target(self, target, mail):
        """An answer to an order also belongs to the opportunity that it came of."""
        super()._join_target(target, mail)
        if target._name == "sale.order" and target.opportunity_id:
            self.lead_id = target.opportunity_id
