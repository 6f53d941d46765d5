from datetime import timedelta

from odoo import api, fields, models


class DealerToday(models.AbstractModel):
    _inherit = "dealer.today"

    @api.model
    def _items(self):
        return [*super()._items(), *self._confirmation_items()]

    @api.model
    def _confirmation_items(self):
        """What the user can confirm, or decide where nobody can, and what was refused to him."""
        requests = self.env["guard.rail.request"]
        if not requests.has_access("read"):
            return []
        waiting = requests.search([("state", "=", "asked")]).filtered(
            lambda line: line.can_confirm or (line.can_override and not line._holders())
        )
        refused = requests.search(
            [
                ("state", "=", "refused"),
                ("user_id", "=", self.env.uid),
                ("answer_date", ">", fields.Datetime.now() - timedelta(days=1)),
            ]
        )
        return [
            *(
                self._item(
                    request,
                    "action_open_form",
                    request.what,
                    self.env._("To confirm"),
                    request.deadline.date(),
                    self.env._("%(name)s asks", name=request.user_id.name),
                    urgent=True,
                )
                for request in waiting
            ),
            *(
                self._item(
                    request,
                    "action_open_form",
                    self.env._("Refused: %(what)s", what=request.what),
                    self.env._("Answer"),
                    detail=request.reason,
                )
                for request in refused
            ),
        ]
