from odoo import fields, models


class CertificationStop(models.TransientModel):
    """Asks why a certificate no longer counts, before it is suspended or withdrawn."""

    _name = "certification.stop"
    _description = "Suspend or withdraw certificates"

    certificate_ids = fields.Many2many("certification.certificate", required=True)
    kind = fields.Selection(
        [("suspend", "Suspend: it may count again"), ("withdraw", "Withdraw for good")],
        required=True,
        default="suspend",
    )
    reason = fields.Char(required=True, help="What the body says; stays with the certificate.")

    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "certification.certificate":
            values.setdefault("certificate_ids", self.env.context.get("active_ids", []))
        return values

    def action_apply(self):
        """Suspend or withdraw the certificates."""
        for wizard in self:
            if wizard.kind == "suspend":
                wizard.certificate_ids.action_suspend(wizard.reason)
            else:
                wizard.certificate_ids.action_withdraw(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
