from odoo import fields, models


class MikoLine(models.Model):
    """A number that customers dial: what becomes of its calls, and what they are told."""

    _name = "miko.line"
    _description = "Telephone Line"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    pbx_id = fields.Many2one("miko.pbx", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, index=True)
    number = fields.Char(
        help="As the exchange names it. Empty: all that have no line of their own."
    )
    channel_id = fields.Many2one(
        "crm.inquiry.channel",
        string="Inquiries to",
        domain="[('kind', '=', 'telephone')]",
        check_company=True,
    )
    duty_user_id = fields.Many2one(
        "res.users",
        string="On duty",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    route_responsible = fields.Boolean(
        string="Ring the responsible too",
        help="The telephone of a known caller's manager rings together with the others.",
    )
    callback_hours = fields.Float(
        string="Call back within",
        default=1.0,
        help="Working hours of the channel; 0: missed calls make no task.",
    )
    announcement = fields.Boolean(
        string="Callers are told of the recording",
        help="Without an announcement, calls of this line are not fetched as recordings.",
    )
    consent_text = fields.Text(
        string="Words of the announcement", translate=True, help="Kept as evidence with each call."
    )

    _number_uniq = models.Constraint("UNIQUE(pbx_id, number)", "This number has a line already.")

    def _for(self, number):
        """Return the line of these that a dialled number belongs to, else the one without
        number.
        """
        digits = "".join(filter(str.isdigit, number or ""))
        for line in self:
            own = "".join(filter(str.isdigit, line.number or ""))
            if own and digits and own[-10:] == digits[-10:]:
                return line
        return self.filtered(lambda line: not line.number)[:1]
