from odoo import api, fields, models


class EquipmentUnitWork(models.Model):
    """What is done and read at a unit."""

    _inherit = "equipment.unit"

    protocol_ids = fields.One2many("equipment.protocol", "unit_id", string="Work")
    protocol_count = fields.Integer(compute="_compute_work_counts")
    open_protocol_count = fields.Integer(compute="_compute_work_counts")
    reading_ids = fields.One2many("equipment.meter.reading", "unit_id", string="Meter readings")
    reading_count = fields.Integer(compute="_compute_work_counts")
    demo_ids = fields.One2many("equipment.demo", "unit_id", string="Loans")
    demo_count = fields.Integer(compute="_compute_work_counts")
    is_lent = fields.Boolean(
        string="Lent out", compute="_compute_is_lent", search="_search_is_lent"
    )

    def _compute_work_counts(self):
        domain = [("unit_id", "in", self.ids)]

        def counted(model, *extra):
            rows = self.env[model]._read_group([*domain, *extra], ["unit_id"], ["__count"])
            return {unit.id: count for unit, count in rows}

        work = counted("equipment.protocol")
        unfinished = counted("equipment.protocol", ("state", "not in", ("done", "cancelled")))
        readings, loans = counted("equipment.meter.reading"), counted("equipment.demo")
        for unit in self:
            unit.protocol_count = work.get(unit.id, 0)
            unit.open_protocol_count = unfinished.get(unit.id, 0)
            unit.reading_count = readings.get(unit.id, 0)
            unit.demo_count = loans.get(unit.id, 0)

    @api.depends("demo_ids.state")
    def _compute_is_lent(self):
        for unit in self:
            unit.is_lent = "lent" in unit.demo_ids.mapped("state")

    def _search_is_lent(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("demo_ids.state", "=", "lent")]

    def action_view_protocols(self):
        """Open the work of the unit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_protocol_action"
        )
        return {**action, **self._within("unit_id"), "view_mode": "list,kanban,calendar,form"}

    def action_view_readings(self):
        """Open the course of the unit's meters."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_meter_reading_action"
        )
        return {**action, **self._within("unit_id")}

    def action_view_demos(self):
        """Open the loans of the unit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_demo_action"
        )
        return {**action, **self._within("unit_id")}

    def action_plan_commissioning(self):
        """Open the commissioning that is under way, or a new one."""
        return self._action_plan("commissioning")

    def action_plan_repair(self):
        """Open a new repair: a customer has called."""
        return self._action_plan("repair", reuse=False)

    def _action_plan(self, kind, reuse=True):
        self.ensure_one()
        protocols = self.env["equipment.protocol"]
        known = protocols.search(
            [
                ("unit_id", "=", self.id),
                ("kind", "=", kind),
                ("state", "in", ("draft", "planned", "progress")),
            ],
            limit=1,
        )
        protocol = (reuse and known) or protocols.create({"unit_id": self.id, "kind": kind})
        return protocol.get_formview_action()

    def _within(self, name):
        return {
            "domain": [(name, "in", self.ids)],
            "context": {f"default_{name}": self[:1].id},
        }

    def _pass(self, kind, move):
        result = super()._pass(kind, move)
        self.env["equipment.protocol"]._after_passage(kind, self, move)
        self.env["equipment.demo"]._after_passage(kind, self, move)
        return result
