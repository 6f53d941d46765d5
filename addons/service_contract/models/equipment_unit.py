from odoo import api, fields, models

#: Events after which nobody is owed a visit at the machine.
GONE = ("returned", "left", "scrapped")


class EquipmentUnit(models.Model):
    _inherit = "equipment.unit"

    contract_ids = fields.Many2many(
        "service.contract",
        "service_contract_unit_rel",
        "unit_id",
        "contract_id",
        string="Maintenance contracts",
        groups="equipment_registry.group_technician",
    )
    contract_id = fields.Many2one(
        "service.contract",
        string="Contract in force",
        compute="_compute_contract_id",
        search="_search_contract_id",
        groups="equipment_registry.group_technician",
    )

    @api.depends("contract_ids.state", "contract_ids.date_start", "contract_ids.date_end")
    def _compute_contract_id(self):
        domain = self.env["service.contract"]._domain_in_force()
        for unit in self:
            unit.contract_id = unit.contract_ids.filtered_domain(domain)[:1]

    def _search_contract_id(self, operator, value):
        """Machines with, or without, a contract in force."""
        if operator != "in":
            return NotImplemented
        contracts = self.env["service.contract"]._search(
            [*self.env["service.contract"]._domain_in_force()]
        )
        covered = [("contract_ids", "in", contracts)]
        if set(value) == {False}:
            return ["!", *covered]
        return [("contract_ids", "in", [one for one in value if one])]

    def action_view_contract(self):
        """Open the contract in force."""
        self.ensure_one()
        return self.contract_id.get_formview_action()

    def _pass(self, kind, move):
        result = super()._pass(kind, move)
        if kind in GONE:
            contracts = (
                self.env["service.contract"]
                .sudo()
                .search([("unit_ids", "in", self.ids), ("state", "in", ("draft", "active"))])
            )
            contracts._release_units(
                self,
                self.env._(
                    "Machines no longer covered, as they were moved by %(transfer)s.",
                    transfer=move.picking_id.name or move.reference or "",
                ),
            )
            self._forgo_visits()
        return result

    def _forgo_visits(self):
        """Contracts that have ended keep their machines; what they still owe them ends here."""
        owed = (
            self.env["service.visit"]
            .sudo()
            .search([("unit_id", "in", self.ids), ("state", "in", ("planned", "prepared"))])
        )
        owed.action_cancel()
