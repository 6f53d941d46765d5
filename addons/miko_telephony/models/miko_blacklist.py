from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MikoBlacklist(models.Model):
    """A number nobody wants to hear from: no card, no inquiry, no task."""

    _name = "miko.blacklist"
    _description = "Blocked Number"
    _rec_name = "number"
    _check_company_auto = True

    number = fields.Char(required=True, help="Kept in international form.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    reason = fields.Char()
    hang_up = fields.Boolean(help="End the call at once instead of letting it ring.")
    active = fields.Boolean(default=True)

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, number)", "This number is blocked already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id", self.env.company.id))
            vals["number"] = self._kept(vals.get("number"), company)
        return super().create(vals_list)

    def write(self, vals):
        if "number" in vals:
            vals = {**vals, "number": self._kept(vals["number"], self.company_id[:1])}
        return super().write(vals)

    @api.model
    def _block(self, number, company):
        """Return the entry that blocks a number; one that was archived blocks it again."""
        number = self._kept(number, company)
        domain = [("company_id", "=", company.id), ("number", "=", number)]
        entry = self.with_context(active_test=False).search(domain, limit=1)
        entry = entry or self.create({"number": number, "company_id": company.id})
        entry.active = True
        return entry

    @api.model
    def _kept(self, number, company):
        pbx = self.env["miko.pbx"].sudo().search([("company_id", "=", company.id)], limit=1)
        region = (pbx.country_id or company.country_id).code
        kept = self.env["crm.contact.key"]._number(number, region)
        if not kept:
            raise ValidationError(self.env._("“%(number)s” is no telephone number.", number=number))
        return kept
