from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        # after the warehouse (20) and the users (80): one of them is the planner
        return [*super()._provisioning_steps(), (95, "_provision_fulfilment")]

    def _provision_fulfilment(self):
        """Full mode: warehouses supply what is missing, and somebody is asked if they cannot."""
        for dealer in self.filtered(lambda d: d.mode == "full" and d.company_id):
            warehouses = self.env["stock.warehouse"].search(
                [("company_id", "=", dealer.company_id.id)]
            )
            warehouses._set_delivery_supply()
            warehouses.filtered(
                lambda w: not w.planner_id.active
            ).planner_id = dealer._fulfilment_planner()

    def _fulfilment_planner(self):
        """Return who plans for a dealer: its warehouse worker, else its principal."""
        self.ensure_one()
        staff = self._current_staff()
        for name in ("role_warehouse_worker", "role_principal"):
            role = self.env.ref(f"dealer_network.{name}")
            users = staff.filtered(lambda line, r=role: line.role_id == r).user_id
            if users.filtered("active"):
                return users.filtered("active")[:1]
        return self.env["res.users"]
