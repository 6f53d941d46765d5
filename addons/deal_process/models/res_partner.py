from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    customer_kind = fields.Selection(
        [
            ("organisation", "Organisation"),
            ("entrepreneur", "Entrepreneur"),
            ("person", "Private person"),
        ],
        string="Kind of customer",
        compute="_compute_customer_kind",
        store=True,
        readonly=False,
    )
    site_kind = fields.Selection(
        [
            ("shop", "Shop"),
            ("office", "Office"),
            ("warehouse", "Warehouse"),
            ("plant", "Plant"),
            ("flat", "Flat"),
        ],
        string="Kind of site",
        help="For an address of a customer that deals may be for.",
    )
    missing_customer_data = fields.Char(
        string="Missing for a deal",
        compute="_compute_missing_customer_data",
        help="What a deal needs of this customer and is not there.",
    )
    site_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="Sites",
        domain=[("site_kind", "!=", False)],
    )

    @api.depends("is_company")
    def _compute_customer_kind(self):
        for partner in self:
            if partner.is_company:
                if partner.customer_kind not in ("organisation", "entrepreneur"):
                    partner.customer_kind = "organisation"
            elif partner.customer_kind != "entrepreneur":
                partner.customer_kind = "person"

    @api.depends(
        "name",
        "customer_kind",
        "company_registry",
        "vat",
        "bank_ids",
        "street",
        "city",
        "country_id",
        "commercial_partner_id",
    )
    def _compute_missing_customer_data(self):
        for partner in self:
            partner.missing_customer_data = ", ".join(partner._missing_customer_data())

    def _missing_customer_data(self):
        """Return what a deal needs of this customer and is not there, as translated words.

        An organisation or entrepreneur: name, registration and tax numbers, bank account and
        physical address; a private person: name and address.
        """
        self.ensure_one()
        customer = self.commercial_partner_id.sudo()
        asked = [(customer.name, self.env._("name"))]
        if customer.customer_kind != "person":
            asked += [
                (customer.company_registry, self.env._("registration number")),
                (customer.vat, self.env._("tax number")),
                (customer.bank_ids, self.env._("bank account")),
            ]
        asked += [
            (customer.street, self.env._("street")),
            (customer.city, self.env._("town")),
            (customer.country_id, self.env._("country")),
        ]
        return [label for value, label in asked if not value]
