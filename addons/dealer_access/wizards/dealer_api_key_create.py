from odoo import fields, models


class DealerApiKeyCreate(models.TransientModel):
    """Make a key for a connected dealer's system, and show it once."""

    _name = "dealer.api.key.create"
    _description = "New Partner API Key"

    dealer_id = fields.Many2one(
        "dealer.dealer", required=True, domain="[('mode', '=', 'connected')]"
    )
    name = fields.Char(string="System", required=True, help="Which system will use the key.")
    days = fields.Integer(
        string="Valid for (days)",
        required=True,
        default=lambda self: min(90, self.env["dealer.api.key"]._max_days()),
    )
    api_model_ids = fields.Many2many(
        "dealer.api.model",
        string="Only these methods",
        help="Empty: everything that the partner API offers.",
    )

    def action_create_key(self):
        """Make the key.

        :return: action that shows the secret, which is stored nowhere
        """
        self.ensure_one()
        expiration = fields.Datetime.add(fields.Datetime.now(), days=self.days)
        _key, secret = self.env["dealer.api.key"]._issue(
            self.dealer_id, self.name, expiration, self.api_model_ids
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": self.env._("API key ready"),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": secret},
        }
