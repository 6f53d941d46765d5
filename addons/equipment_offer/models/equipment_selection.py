from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EquipmentSelection(models.Model):
    """A search for equipment: the customer's answers, what was found, and why.

    *tenant* class. The comparison itself is in ``equipment_selection_matching.py``.
    """

    _name = "equipment.selection"
    _description = "Equipment Selection"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", copy=False, readonly=True, index="trigram")
    title = fields.Char(string="Wanted", help="In a few words: pump for the whey line.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        index=True,
        default=lambda self: self.env.user,
        check_company=True,
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index=True, check_company=True, tracking=True
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        check_company=True,
    )
    type_id = fields.Many2one(
        "equipment.type", string="Equipment type", check_company=True, tracking=True
    )
    quantity = fields.Float(default=1.0, digits="Product Unit")
    wanted_date = fields.Date(string="Wanted by")
    need = fields.Text(string="In the customer's words")
    answer_ids = fields.One2many(
        "equipment.selection.answer",
        "selection_id",
        compute="_compute_answer_ids",
        store=True,
        readonly=False,
        copy=True,
    )
    candidate_ids = fields.One2many("equipment.selection.candidate", "selection_id")
    fitting_ids = fields.One2many(
        "equipment.selection.candidate",
        "selection_id",
        domain=[("verdict", "!=", "unfit")],
    )
    unfit_ids = fields.One2many(
        "equipment.selection.candidate",
        "selection_id",
        string="Not fitting",
        domain=[("verdict", "=", "unfit")],
    )
    fitting_count = fields.Integer(compute="_compute_counts")
    chosen_count = fields.Integer(compute="_compute_counts")
    compared_count = fields.Integer(string="Products compared", readonly=True, copy=False)
    compared_date = fields.Datetime(string="Compared on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Needs"),
            ("compared", "Compared"),
            ("quoted", "Quoted"),
            ("cancelled", "Dropped"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    order_ids = fields.One2many("sale.order", "equipment_selection_id", string="Quotations")
    order_count = fields.Integer(compute="_compute_order_count")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The wanted quantity is more than zero."
    )

    @api.depends("company_id")
    def _compute_warehouse_id(self):
        for selection in self:
            if selection.warehouse_id.company_id != selection.company_id:
                selection.warehouse_id = (
                    self.env["stock.warehouse"]
                    .with_company(selection.company_id)
                    .search([("company_id", "=", selection.company_id.id)], limit=1)
                )

    @api.depends("type_id", "company_id")
    def _compute_answer_ids(self):
        """Ask what matters for the type; answers that were given stay."""
        criteria = self.env["equipment.criterion"].search([])
        for selection in self:
            wanted = criteria.filtered(
                lambda criterion, selection=selection: criterion.company_id.id
                in (False, selection.company_id.id)
            )
            if selection.type_id:
                parameters = selection.type_id.all_parameter_ids | (
                    self.env["equipment.type"]
                    .search([("id", "child_of", selection.type_id.ids)])
                    .parameter_ids
                )
                wanted = wanted.filtered(
                    lambda criterion, asked=parameters: criterion.parameter_id in asked._origin
                )
            present = selection.answer_ids.criterion_id
            commands = [
                Command.delete(answer.id)
                for answer in selection.answer_ids
                if answer.criterion_id not in wanted and not answer.is_given
            ]
            commands += [
                Command.create({"criterion_id": criterion.id}) for criterion in wanted - present
            ]
            selection.answer_ids = commands

    @api.depends("candidate_ids.verdict", "candidate_ids.is_chosen")
    def _compute_counts(self):
        for selection in self:
            candidates = selection.candidate_ids
            selection.fitting_count = len(candidates.filtered(lambda c: c.verdict != "unfit"))
            selection.chosen_count = len(candidates.filtered("is_chosen"))

    @api.depends("order_ids")
    def _compute_order_count(self):
        for selection in self:
            selection.order_count = len(selection.order_ids)

    @api.depends("name", "title")
    def _compute_display_name(self):
        for selection in self:
            selection.display_name = " ".join(
                filter(None, (selection.name, selection.title))
            ) or self.env._("New")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("name"):
                company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
                vals["name"] = company._next_selection_number()
        return super().create(vals_list)

    def action_compare(self):
        """Compare all products with the answers and show what fits.

        :raise UserError: the customer has answered nothing yet
        """
        for selection in self:
            if not selection.type_id and not any(selection.answer_ids.mapped("is_given")):
                raise UserError(
                    self.env._(
                        "%(selection)s: answer at least one question, or choose an equipment type.",
                        selection=selection.display_name,
                    )
                )
            selection._compare()
        return True

    def action_cancel(self):
        """Drop the search."""
        self.state = "cancelled"
        return True

    def action_reopen(self):
        """Take a dropped search up again."""
        for selection in self:
            selection.state = (
                "quoted"
                if selection.order_ids
                else "compared"
                if selection.candidate_ids
                else "draft"
            )
        return True

    def action_make_quotation(self):
        """Put what was chosen, and what goes along with it, on a quotation, and open it.

        A quotation of this selection that is still a draft is extended, never doubled.

        :raise UserError: no customer, or nothing chosen
        """
        self.ensure_one()
        chosen = self.candidate_ids.filtered("is_chosen")
        if not self.partner_id:
            raise UserError(
                self.env._("%(selection)s: choose the customer first.", selection=self.display_name)
            )
        if not chosen:
            raise UserError(
                self.env._(
                    "%(selection)s: choose at least one of the products found.",
                    selection=self.display_name,
                )
            )
        order = self.order_ids.filtered(lambda order: order.state == "draft")[:1]
        if not order:
            order = self.env["sale.order"].create(self._quotation_vals())
        order.order_line = [
            Command.create(vals)
            for vals in chosen._order_line_vals()
            if vals["product_id"] not in order.order_line.product_id.ids
        ]
        self.state = "quoted"
        return self._open_order(order)

    def _quotation_vals(self):
        """Return the values of the quotation; glue adds the deal."""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "warehouse_id": self.warehouse_id.id,
            "equipment_selection_id": self.id,
            "origin": self.name,
        }

    def _open_order(self, order):
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": order.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_view_orders(self):
        """Open the quotations of this selection."""
        self.ensure_one()
        if len(self.order_ids) == 1:
            return self._open_order(self.order_ids)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotations"),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("equipment_selection_id", "=", self.id)],
        }
