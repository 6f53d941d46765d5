from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date


class CertificationBody(models.Model):
    """A laboratory or authority that tests equipment and issues certificates.

    Without a company it is the OEM's, and every company of the region reads it.
    """

    _name = "certification.body"
    _description = "Certification body"
    _inherit = ["certification.owned.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True, index="trigram")
    code = fields.Char(help="Short name, as it stands in the numbers of its certificates.")
    active = fields.Boolean(default=True)
    country_id = fields.Many2one("res.country", ondelete="restrict")
    email = fields.Char()
    phone = fields.Char()
    website = fields.Char()
    note = fields.Text()
    accreditation_ids = fields.One2many("certification.accreditation", "body_id")
    scheme_ids = fields.Many2many(
        "certification.scheme",
        string="Accredited today for",
        compute="_compute_scheme_ids",
        search="_search_scheme_ids",
    )
    certificate_count = fields.Integer(compute="_compute_certificate_count")

    @api.depends(
        "accreditation_ids.scheme_ids", "accreditation_ids.date_from", "accreditation_ids.date_to"
    )
    def _compute_scheme_ids(self):
        today = fields.Date.context_today(self)
        for body in self:
            body.scheme_ids = body._accredited_on(today)

    def _search_scheme_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        running = self.env["certification.accreditation"]._domain_running(today)
        return [("accreditation_ids", "any", [*running, ("scheme_ids", "in", value)])]

    def _compute_certificate_count(self):
        groups = self.env["certification.certificate"]._read_group(
            [("body_id", "in", self.ids)], ["body_id"], ["__count"]
        )
        counts = {body.id: count for body, count in groups}
        for body in self:
            body.certificate_count = counts.get(body.id, 0)

    def action_view_certificates(self):
        """Open the certificates that the body has issued."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_certification.certification_certificate_action"
        )
        action["domain"] = [("body_id", "=", self.id)]
        action["context"] = {"default_body_id": self.id}
        return action

    def _accredited_on(self, day):
        """Return the schemes for which the body is accredited on a day."""
        self.ensure_one()
        return self.accreditation_ids.filtered(lambda a: a._runs_on(day)).scheme_ids

    def _check_accredited(self, scheme, day):
        """The body may certify by the scheme on that day.

        :raise ValidationError: it may not; tells for what it is accredited
        """
        self.ensure_one()
        schemes = self.sudo()._accredited_on(day)
        if scheme not in schemes:
            raise ValidationError(
                self.env._(
                    "%(body)s is not accredited for %(scheme)s on %(day)s, but for: %(schemes)s.",
                    body=self.name,
                    scheme=scheme.name,
                    day=format_date(self.env, day),
                    schemes=", ".join(schemes.mapped("name")) or self.env._("nothing"),
                )
            )
