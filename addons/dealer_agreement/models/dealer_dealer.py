from odoo import api, fields, models
from odoo.exceptions import RedirectWarning


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    agreement_ids = fields.One2many("dealer.agreement", "dealer_id", string="Agreements")
    authorisation_ids = fields.One2many(
        "dealer.authorisation", "dealer_id", string="Authorisations"
    )
    agreement_count = fields.Integer(compute="_compute_agreement_counts")
    authorisation_count = fields.Integer(compute="_compute_agreement_counts")
    authorisation_missing_count = fields.Integer(
        "Authorisations with missing conditions", compute="_compute_agreement_counts"
    )
    has_running_agreement = fields.Boolean(
        "Agreement runs",
        compute="_compute_has_running_agreement",
        search="_search_has_running_agreement",
    )

    @api.depends("agreement_ids", "authorisation_ids.state")
    @api.depends_context("uid")
    def _compute_agreement_counts(self):
        agreements = dict(
            self.env["dealer.agreement"]._read_group(
                [("dealer_id", "in", self.ids)], ["dealer_id"], ["__count"]
            )
        )
        authorisations = dict(
            self.env["dealer.authorisation"]._read_group(
                [("dealer_id", "in", self.ids)], ["dealer_id"], ["__count"]
            )
        )
        missing = dict(
            self.env["dealer.authorisation"]._read_group(
                [("dealer_id", "in", self.ids), ("state", "=", "missing")],
                ["dealer_id"],
                ["__count"],
            )
        )
        for dealer in self:
            dealer.agreement_count = agreements.get(dealer._origin, 0)
            dealer.authorisation_count = authorisations.get(dealer._origin, 0)
            dealer.authorisation_missing_count = missing.get(dealer._origin, 0)

    @api.depends("agreement_ids.state")
    def _compute_has_running_agreement(self):
        running = self._with_running_agreement()
        for dealer in self:
            dealer.has_running_agreement = dealer._origin in running

    def _search_has_running_agreement(self, operator, value):
        if operator != "in":
            return NotImplemented
        runs = [("agreement_ids", "any", [("state", "=", "running")])]
        return runs if True in value else ["!", *runs]

    def action_view_agreements(self):
        """Open the agreements of the dealer, over ones too."""
        return self._action_view("dealer_agreement.dealer_agreement_action")

    def action_view_authorisations(self):
        """Open what the dealer is authorised to do."""
        return self._action_view("dealer_agreement.dealer_authorisation_action")

    def action_view_missing_authorisations(self):
        """Open the authorisations whose conditions do not hold."""
        action = self.action_view_authorisations()
        action["context"]["search_default_missing"] = 1
        return action

    def _set_state(self, state, reason=None):
        """Activate only dealers with whom an agreement runs."""
        entering = self.filtered(lambda dealer: dealer.state != state)
        result = super()._set_state(state, reason)
        if state == "active":
            entering._check_running_agreement()
        return result

    def _check_running_agreement(self):
        required = self.filtered("type_id.agreement_required")
        lacking = required - required._with_running_agreement()
        if not lacking:
            return
        raise RedirectWarning(
            self.env._(
                "%(dealers)s: a dealer is activated once its agreement runs. Prepare the agreement"
                " and have it signed first.",
                dealers=", ".join(lacking.mapped("display_name")),
            ),
            self.env.ref("dealer_agreement.dealer_agreement_action").id,
            self.env._("Go to the agreement"),
            {
                "search_default_dealer_id": lacking[:1].id,
                "default_dealer_id": lacking[:1].id,
            },
        )

    def _with_running_agreement(self):
        """The dealers among these with a running agreement."""
        groups = (
            self.env["dealer.agreement"]
            .sudo()
            ._read_group([("dealer_id", "in", self.ids), ("state", "=", "running")], ["dealer_id"])
        )
        return self.browse(dealer.id for (dealer,) in groups)
