from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    certification_scheme_ids = fields.Many2many(
        "certification.scheme",
        string="Certificates needed",
        compute="_compute_certification_scheme_ids",
        help="By the equipment type, before the equipment may go to a customer.",
    )
    certificate_count = fields.Integer(compute="_compute_certificate_count")

    @api.depends("equipment_type_id")
    @api.depends_context("company")
    def _compute_certification_scheme_ids(self):
        needed = self.env["certification.requirement"]._required_schemes(self.env.company.id)
        for product in self:
            product.certification_scheme_ids = needed.get(product.equipment_type_id.id, ())

    def _compute_certificate_count(self):
        groups = self.env["certification.scope"]._read_group(
            [("product_tmpl_id", "in", self.ids), ("certificate_id.state", "=", "valid")],
            ["product_tmpl_id"],
            ["certificate_id:count_distinct"],
        )
        counts = {product.id: count for product, count in groups}
        for product in self:
            product.certificate_count = counts.get(product.id, 0)

    def action_view_certificates(self):
        """Open the certificates that cover the model or pieces of it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_certification.certification_certificate_action"
        )
        action["domain"] = [("scope_ids.product_tmpl_id", "in", self.ids)]
        action["context"] = {}
        return action

    def _certification_of(self, company):
        """Return ``{product template: scheme ids}`` of those that need certificates.

        :param company: res.company whose requirements count
        """
        needed = self.env["certification.requirement"]._required_schemes(company.id)
        return {
            product: needed[product.equipment_type_id.id]
            for product in self
            if product.equipment_type_id.id in needed
        }
