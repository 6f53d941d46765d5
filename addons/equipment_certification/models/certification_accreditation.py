from odoo import api, fields, models


class CertificationAccreditation(models.Model):
    """The right of a body to certify by some schemes, for a time.

    A certificate counts only if the body was accredited for its scheme on the day of issue; an
    accreditation that ends later leaves it valid. An accreditation that was withdrawn gets the
    day of the withdrawal as its last day.
    """

    _name = "certification.accreditation"
    _description = "Accreditation of a certification body"
    _inherit = "equipment.shared.mixin"
    _order = "body_id, date_from desc, id"
    _rec_name = "number"

    body_id = fields.Many2one("certification.body", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True)
    number = fields.Char(required=True)
    scheme_ids = fields.Many2many("certification.scheme", required=True, string="Schemes")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="Last day. Empty: until it is withdrawn.")
    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char(copy=False)
    state = fields.Selection(
        [("future", "Not yet"), ("running", "In force"), ("ended", "Ended")],
        compute="_compute_state",
    )

    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "An accreditation must end after it starts.",
    )

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for accreditation in self:
            if not accreditation.date_from or accreditation.date_from > today:
                accreditation.state = "future"
            else:
                accreditation.state = "running" if accreditation._runs_on(today) else "ended"

    @api.model
    def _domain_running(self, day):
        return [("date_from", "<=", day), "|", ("date_to", "=", False), ("date_to", ">=", day)]

    def _runs_on(self, day):
        """Whether the accreditation is in force on a day."""
        self.ensure_one()
        return bool(self.date_from) and self.date_from <= day <= (self.date_to or day)
