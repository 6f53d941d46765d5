from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerAgreementAmendment(models.Model):
    """A change both parties signed, with the clauses it changes and its effect."""

    _name = "dealer.agreement.amendment"
    _description = "Agreement amendment"
    _inherit = ["dealer.signed.file.mixin"]
    _order = "agreement_id, number"
    _rec_names_search = ["agreement_id.name", "summary"]

    agreement_id = fields.Many2one(
        "dealer.agreement", required=True, index=True, ondelete="restrict"
    )
    dealer_id = fields.Many2one(
        related="agreement_id.dealer_id", store=True, precompute=True, index=True
    )
    network_company_id = fields.Many2one(
        related="agreement_id.network_company_id", store=True, precompute=True, index=True
    )
    seller_company_id = fields.Many2one(
        related="agreement_id.seller_company_id", store=True, precompute=True
    )
    number = fields.Integer(readonly=True, copy=False)
    date = fields.Date("Signed on", required=True, default=fields.Date.context_today)
    summary = fields.Char(required=True)
    changed_clauses = fields.Html(help="The clauses as they read from now on.")
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    new_date_end = fields.Date("New last day", help="Empty: the last day stays.")
    new_parent_sees_documents = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Parent sees documents",
        help="Empty: as before.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE(agreement_id, number)", "An amendment of this agreement has this number already."
    )

    @api.depends("agreement_id.name", "number")
    def _compute_display_name(self):
        for amendment in self:
            amendment.display_name = f"{amendment.agreement_id.name}/{amendment.number}"

    @api.model_create_multi
    def create(self, vals_list):
        agreement_ids = [vals["agreement_id"] for vals in vals_list]
        groups = self.sudo()._read_group(
            [("agreement_id", "in", agreement_ids)], ["agreement_id"], ["number:max"]
        )
        last = {agreement.id: number for agreement, number in groups}
        for vals in vals_list:
            agreement_id = vals["agreement_id"]
            vals["number"] = last[agreement_id] = last.get(agreement_id, 0) + 1
        return super().create(vals_list)

    def write(self, vals):
        self._check_in_force()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_in_force()

    def action_put_in_force(self):
        """Let the signed amendment change the agreement."""
        for amendment in self:
            amendment._check_ready()
            vals = amendment._agreement_values()
            amendment.state = "in_force"
            if vals:
                amendment.agreement_id._amend(vals)
        return True

    def _check_ready(self):
        if self.agreement_id.state not in ("signed", "running"):
            raise UserError(
                self.env._(
                    "%(number)s: only a signed or running agreement can be amended.",
                    number=self.agreement_id.display_name,
                )
            )
        if not self.signed_file:
            raise UserError(
                self.env._("Amendment %(number)s: add the signed file.", number=self.display_name)
            )

    def _check_in_force(self):
        fixed = self.filtered(lambda amendment: amendment.state == "in_force")
        if fixed:
            raise UserError(
                self.env._(
                    "Amendment %(number)s is in force and stays as it was signed. Make another.",
                    number=fixed[0].display_name,
                )
            )

    def _agreement_values(self):
        """What the amendment changes on the agreement; other add-ons may add to it."""
        vals = {}
        if self.new_date_end:
            vals["date_end"] = self.new_date_end
        if self.new_parent_sees_documents:
            vals["parent_sees_documents"] = self.new_parent_sees_documents == "yes"
        return vals
