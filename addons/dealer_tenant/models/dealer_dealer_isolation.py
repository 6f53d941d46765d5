from odoo import api, fields, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    isolation_check_ids = fields.One2many(
        "dealer.isolation.check", "dealer_id", string="Isolation checks"
    )
    isolation_check_count = fields.Integer(compute="_compute_isolation_check")
    isolation_state = fields.Selection(
        [("none", "Never checked"), ("tight", "Tight"), ("leak", "Leak")],
        string="Isolation",
        compute="_compute_isolation_check",
    )

    @api.depends("isolation_check_ids.state")
    def _compute_isolation_check(self):
        for dealer in self:
            checks = dealer.isolation_check_ids
            dealer.isolation_check_count = len(checks)
            ended = checks.filtered(lambda check: check.state in ("tight", "leak"))
            dealer.isolation_state = ended[:1].state or "none"

    @api.model_create_multi
    def create(self, vals_list):
        dealers = super().create(vals_list)
        if any(vals.get("company_id") for vals in vals_list):
            dealers._tenancy_changed()
        return dealers

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            self._tenancy_changed()
        return result

    def _tenancy_changed(self):
        """Which companies are dealers' is cached, and decides who is bound by tenancy."""
        self.env.registry.clear_cache()
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users.search([("company_id", "in", self.company_id.ids)])._tenant_sync_partner()

    def action_check_isolation(self):
        """Try, as a rival of this dealer, everything a rival could try; a job does it.

        :return: action that shows progress and result
        """
        self.ensure_one()
        return self.env["dealer.isolation.check"]._queue(self)._action_open()

    def action_view_isolation_checks(self):
        """Open the checks made so far, the newest first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Isolation checks"),
            "res_model": "dealer.isolation.check",
            "view_mode": "list,form",
            "domain": [("dealer_id", "=", self.id)],
            "context": {"default_dealer_id": self.id},
        }
