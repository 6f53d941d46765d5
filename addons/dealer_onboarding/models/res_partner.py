from odoo import api, fields, models


class ResPartner(models.Model):
    """A customer to practise on: what is made for it counts as practice, not as business."""

    _inherit = "res.partner"

    is_practice = fields.Boolean(
        string="Practice customer",
        index=True,
        help="Newcomers practise on it. Steps in the sandbox count only what belongs to such a "
        "contact.",
    )

    @api.model
    def _ensure_practice_customer(self, company):
        """Give a company a customer to practise on, unless it has one.

        :param company: res.company, or none for what belongs to everybody
        :return: res.partner (sudo)
        """
        partners = self.sudo()
        found = partners.search(
            [
                ("is_practice", "=", True),
                ("company_id", "=", company.id),
                ("parent_id", "=", False),
            ],
            limit=1,
        )
        return found or partners.create(
            {
                "name": self.env._("Practice customer (training)"),
                "is_company": True,
                "is_practice": True,
                "company_id": company.id,
            }
        )

    def _learner_dealers(self):
        """Return {partner id: dealer.dealer} of those contacts whose user works at a dealer."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users.search([("partner_id", "in", self.ids), ("dealer_id", "!=", False)])
        return {user.partner_id.id: user.dealer_id for user in found}
