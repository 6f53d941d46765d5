from odoo import api, fields, models

from .equipment_protocol import KINDS


class EquipmentProtocolTemplate(models.Model):
    """Checklist of a kind of work on equipment of some types: what is checked and measured."""

    _name = "equipment.protocol.template"
    _description = "Checklist"
    _inherit = ["equipment.shareable.mixin"]
    _order = "kind, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="commissioning")
    equipment_type_ids = fields.Many2many(
        "equipment.type",
        string="Equipment types",
        check_company=True,
        help="The checklist is for these types and those below them; empty: for all.",
    )
    is_automatic = fields.Boolean(
        string="Made on delivery",
        help="Each delivery of such a machine to a customer makes this work, to be planned.",
    )
    duration = fields.Float(string="Usual duration (hours)", default=2.0)
    photo_minimum = fields.Integer(
        string="Photos at least", help="It is not signed with fewer photos."
    )
    instruction = fields.Html(translate=True, help="What the technician reads before starting.")
    line_ids = fields.One2many("equipment.protocol.template.line", "template_id", copy=True)

    _numbers_check = models.Constraint(
        "CHECK(photo_minimum >= 0 AND duration >= 0)",
        "Duration and photos of a checklist cannot be negative.",
    )

    @api.model
    def _find(self, kind, equipment_type, company, automatic=False):
        """Return the checklist for a kind of work on a type of equipment.

        The company's own goes before a shared one; among these, the one of the nearest type.

        :param str kind: kind of work
        :param equipment_type: equipment.type, may be empty
        :param company: res.company that does the work
        :param bool automatic: only those that a delivery makes
        :return: equipment.protocol.template, empty when there is none
        """
        domain = [("kind", "=", kind), ("company_id", "in", (company.id, False))]
        if automatic:
            domain.append(("is_automatic", "=", True))
        path = [int(part) for part in (equipment_type.parent_path or "").split("/") if part]

        def nearness(template):
            depths = [path.index(one.id) for one in template.equipment_type_ids if one.id in path]
            if template.equipment_type_ids and not depths:
                return None
            return (bool(template.company_id), max(depths, default=-1), -template.sequence)

        ranked = [(nearness(template), template) for template in self.sudo().search(domain)]
        fitting = [(rank, -template.id, template) for rank, template in ranked if rank]
        return max(fitting, default=(None, None, self))[2].sudo(self.env.su)

    def _line_vals(self):
        """Return the values of the lines that a protocol takes from the checklist."""
        return [
            {
                "sequence": line.sequence,
                "section": line.section,
                "name": line.name,
                "kind": line.kind,
                "help": line.help,
                "is_required": line.is_required,
                "limit_kind": line.limit_kind,
                "minimum": line.minimum,
                "maximum": line.maximum,
                "uom_id": line.uom_id.id,
                "meter_id": line.meter_id.id,
            }
            for line in self.line_ids
        ]
