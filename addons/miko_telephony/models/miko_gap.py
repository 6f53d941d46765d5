from odoo import api, fields, models

#: kinds of `AmiError`, and the listener itself
CAUSES = [
    ("listener", "The listener did not run"),
    ("unknown_host", "The exchange's name is unknown"),
    ("no_port", "Nothing listens at the exchange's port"),
    ("no_answer", "The exchange does not answer"),
    ("not_ami", "What answers is no manager interface"),
    ("closed", "The exchange closed the connection"),
    ("silent", "The exchange fell silent"),
    ("refused", "The exchange refuses the account"),
]


class MikoGap(models.Model):
    """A time in which nobody listened to an exchange; open while it lasts."""

    _name = "miko.gap"
    _description = "Gap in Listening"
    _order = "start desc, id desc"

    pbx_id = fields.Many2one("miko.pbx", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, index=True)
    start = fields.Datetime(required=True, string="Since")
    end = fields.Datetime(string="Until")
    cause = fields.Selection(CAUSES)
    reason = fields.Char(
        string="As noted then", help="Of gaps from before causes had names: what the system said."
    )
    told = fields.Boolean(help="Whoever looks after the exchange has been told.")
    recovered = fields.Integer(
        string="Calls caught up", help="Taken from the exchange's history afterwards."
    )

    _open = models.Index('(pbx_id) WHERE "end" IS NULL')

    @api.model
    def _opened(self, pbx, cause, since):
        """Return the open gap of an exchange, made when there is none.

        :param str cause: see `CAUSES`
        :param datetime since: when nobody listened for the first time
        """
        gap = self.search([("pbx_id", "=", pbx.id), ("end", "=", False)], limit=1)
        return gap or self.create({"pbx_id": pbx.id, "start": since, "cause": cause})
