from odoo import api, fields, models


class DealerModeChange(models.TransientModel):
    """Moves a dealer to another working mode and says beforehand what follows."""

    _name = "dealer.mode.change"
    _description = "Change of Working Mode"

    dealer_id = fields.Many2one("dealer.dealer", required=True, readonly=True, ondelete="cascade")
    current_mode = fields.Selection(related="dealer_id.mode", string="Works now in")
    mode = fields.Selection(
        selection=lambda self: self.env["dealer.dealer"]
        ._fields["mode"]
        ._description_selection(self.env),
        string="New mode",
        required=True,
    )
    consequence = fields.Text(compute="_compute_consequence", string="What happens")
    open_documents = fields.Text(compute="_compute_open_documents")

    @api.depends("dealer_id", "mode")
    def _compute_consequence(self):
        for wizard in self:
            wizard.consequence = "\n".join(wizard._consequences())

    @api.depends("dealer_id", "mode")
    def _compute_open_documents(self):
        for wizard in self:
            leaving = wizard.dealer_id.mode == "full" and wizard.mode != "full"
            documents = wizard.dealer_id._open_tenant_documents() if leaving else []
            wizard.open_documents = "\n".join(f"{label}: {count}" for label, count in documents)

    def action_apply(self):
        """Change the mode, then provision what the new one needs.

        :return: action of the progress screen
        """
        self.ensure_one()
        self.dealer_id._check_provisioner()
        self.dealer_id._change_mode(self.mode)
        return self.dealer_id.action_provision()

    def _consequences(self):
        """Sentences for the person who is about to press the button."""
        before, after = self.dealer_id.mode, self.mode
        if not after or before == after:
            return []
        sentences = []
        if before == "full":
            sentences.append(
                self.env._("Its company and warehouse are archived; their records stay.")
            )
        if before == "connected":
            sentences.append(self.env._("Its API user is archived and its keys stop working."))
        if after == "full":
            sentences.append(
                self.env._(
                    "It gets a company of its own, and its people move there with the "
                    "groups of their roles."
                )
            )
        if after == "light":
            sentences.append(
                self.env._("Its people sign in to network documents only, without sales or stock.")
            )
        if after == "connected":
            sentences.append(
                self.env._(
                    "Its people's logins are archived; its own system signs in with an API user."
                )
            )
        return sentences
