from odoo import api, fields, models, tools

DEALER_STATES = [
    ("prospect", "Prospect"),
    ("candidate", "Candidate"),
    ("active", "Active"),
    ("suspended", "Suspended"),
    ("terminated", "Terminated"),
]
PERMISSIONS = [
    ("sign_in", "Sign in"),
    ("order", "Order from the OEM"),
    ("receive_leads", "Receive leads"),
    ("sell", "Sell"),
    ("list_in_directory", "Be listed in the directory"),
]


class DealerStatePermission(models.Model):
    """What a dealer may do in a state; the OEM administrator edits the table."""

    _name = "dealer.state.permission"
    _description = "Permission by Dealer State"
    _inherit = ["dealer.cached.mixin"]
    _order = "state_sequence, permission"
    _rec_name = "permission"

    state = fields.Selection(DEALER_STATES, required=True)
    state_sequence = fields.Integer(compute="_compute_state_sequence", store=True)
    permission = fields.Selection(PERMISSIONS, required=True)
    allowed = fields.Boolean()

    _state_permission_uniq = models.Constraint(
        "UNIQUE(state, permission)", "This permission of this state is in the table already."
    )

    @api.depends("state")
    def _compute_state_sequence(self):
        order = {state: index for index, (state, _label) in enumerate(DEALER_STATES)}
        for line in self:
            line.state_sequence = order.get(line.state, 0)

    @api.model
    @tools.ormcache("state")
    def _permitted(self, state):
        """Return the frozenset of permission codes of a state."""
        lines = self.sudo().search([("state", "=", state), ("allowed", "=", True)])
        return frozenset(lines.mapped("permission"))

    @api.model
    def _states_permitting(self, permission):
        """Return the list of states in which a dealer may do something."""
        return [state for state, _label in DEALER_STATES if permission in self._permitted(state)]
