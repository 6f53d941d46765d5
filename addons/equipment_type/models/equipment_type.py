from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EquipmentType(models.Model):
    """A class of equipment, for selection, certification and service.

    Types form a tree; a type has the parameters of all types above it.
    """

    _name = "equipment.type"
    _inherit = "equipment.shared.mixin"
    _description = "Equipment Type"
    _parent_store = True
    _order = "complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True, translate=False
    )
    code = fields.Char(required=True, help="Short, stable name for files and interfaces.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Without a company the type is shared: everybody uses it, and only who keeps the "
        "shared equipment data changes it.",
    )
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "equipment.type", string="Above", ondelete="restrict", index=True, check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("equipment.type", "parent_id", string="Below")
    parameter_ids = fields.Many2many(
        "equipment.parameter", string="Own parameters", check_company=True
    )
    all_parameter_ids = fields.Many2many(
        "equipment.parameter",
        string="Parameters",
        compute="_compute_all_parameter_ids",
        recursive=True,
    )
    product_ids = fields.One2many("product.template", "equipment_type_id", string="Products")
    product_count = fields.Integer(compute="_compute_product_count")
    description = fields.Text(translate=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "There is an equipment type with this code already."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for kind in self.with_context(lang=None):
            above = kind.parent_id.complete_name
            kind.complete_name = f"{above} / {kind.name}" if above else kind.name

    @api.depends_context("lang")
    @api.depends("name", "parent_id.name")
    def _compute_display_name(self):
        for kind in self:
            kind.display_name = kind.name

    @api.depends("parameter_ids", "parent_id.all_parameter_ids")
    def _compute_all_parameter_ids(self):
        for kind in self:
            kind.all_parameter_ids = (
                kind.parent_id.all_parameter_ids | kind.parameter_ids
            ).sorted()

    def _compute_product_count(self):
        counted = self.env["product.template"]._read_group(
            [("equipment_type_id", "child_of", self.ids)], ["equipment_type_id"], ["__count"]
        )
        for kind in self:
            kind.product_count = sum(
                count
                for below, count in counted
                if below.parent_path.startswith(kind.parent_path or "-")
            )

    @api.constrains("company_id", "parent_id", "parameter_ids")
    def _check_shared(self):
        """A shared type is read by everybody: it cannot lead to what one company alone sees."""
        for kind in self.filtered(lambda kind: not kind.company_id):
            private = kind.parent_id.company_id | kind.parameter_ids.company_id
            if private:
                raise ValidationError(
                    self.env._(
                        "Equipment type %(name)s is shared and cannot use what belongs to "
                        "%(company)s alone.",
                        name=kind.name,
                        company=private[0].name,
                    )
                )

    def action_view_products(self):
        """Open the products of this type and of those below it."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Products"),
            "res_model": "product.template",
            "view_mode": "kanban,list,form",
            "domain": [("equipment_type_id", "child_of", self.ids)],
            "context": {"default_equipment_type_id": self[:1].id},
        }
