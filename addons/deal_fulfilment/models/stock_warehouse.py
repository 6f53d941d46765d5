from odoo import api, fields, models


class StockWarehouse(models.Model):
    """A warehouse whose deliveries make or buy what is not in stock."""

    _inherit = "stock.warehouse"

    supply_missing = fields.Boolean(
        string="Make or buy what is missing",
        default=True,
        help="A confirmed order is served from free stock; what is missing is manufactured where "
        "there is a bill of materials, and bought otherwise.",
    )
    planner_id = fields.Many2one(
        "res.users",
        string="Production planner",
        help="Gets the tasks when something can neither be made nor bought, or is made and no "
        "longer needed. Empty: the person responsible for the product, else the salesperson.",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses._set_delivery_supply()
        return warehouses

    def write(self, vals):
        res = super().write(vals)
        if {"supply_missing", "delivery_steps", "active"} & vals.keys():
            self._set_delivery_supply()
        return res

    def _delivery_rules(self):
        """Return the rules that take goods out of the stock for customers, active or not.

        The first step of each way of delivering: the warehouse keeps the rules of ways it does
        not go now as archived ones.
        """
        routes = self.delivery_route_id
        rules = self.env["stock.rule"].with_context(active_test=False)
        return rules.search(
            [
                ("route_id", "in", routes.ids),
                ("action", "in", ("pull", "pull_push")),
                ("location_src_id", "in", self.lot_stock_id.ids),
            ]
        )

    def _set_delivery_supply(self):
        """Let the delivery rules say what the warehouse's setting says."""
        for supplied in (True, False):
            warehouses = self.filtered(lambda w, s=supplied: w.supply_missing == s)
            method = "mts_else_mto" if supplied else "make_to_stock"
            warehouses._delivery_rules().filtered(
                lambda rule, m=method: rule.procure_method != m
            ).procure_method = method
