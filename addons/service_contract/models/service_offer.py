from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

OFFER_ACTIVITY = "service_contract.mail_activity_type_offer"
CONCLUDE_ACTIVITY = "service_contract.mail_activity_type_conclude"


class ServiceOffer(models.Model):
    """The talk about service that every customer gets, and what came of it.

    It is a task from the start (*Offer service*); consent turns it into the next one (*Conclude
    maintenance contract*), a refusal is kept with its reason.
    """

    _name = "service.offer"
    _description = "Service Offer"
    _inherit = ["equipment.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["partner_id"]
    _check_company_auto = True
    _state_ways = {
        "offer": {"accepted", "refused"},
        "accepted": {"concluded", "refused"},
        "concluded": set(),
        "refused": {"offer"},
    }

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    unit_ids = fields.Many2many(
        "equipment.unit",
        "service_offer_unit_rel",
        "offer_id",
        "unit_id",
        string="Machines",
        check_company=True,
    )
    plan_id = fields.Many2one(
        "service.plan", string="Plan proposed", ondelete="restrict", check_company=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        ondelete="restrict",
    )
    date_deadline = fields.Date(
        string="Offer until", default=fields.Date.context_today, required=True
    )
    state = fields.Selection(
        [
            ("offer", "To offer"),
            ("accepted", "Customer agrees"),
            ("concluded", "Contract concluded"),
            ("refused", "Refused"),
        ],
        default="offer",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    contract_id = fields.Many2one(
        "service.contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
    )
    refusal_reason_id = fields.Many2one(
        "service.refusal.reason",
        string="Reason of refusal",
        tracking=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
    )
    refusal_note = fields.Char(string="In the customer's words", tracking=True, copy=False)
    date_answered = fields.Date(string="Answered on", readonly=True, copy=False)
    note = fields.Html()

    _refusal_check = models.Constraint(
        "CHECK(state != 'refused' OR refusal_reason_id IS NOT NULL)",
        "A refusal of service is recorded with its reason.",
    )

    @api.depends("partner_id.name")
    def _compute_display_name(self):
        for offer in self:
            offer.display_name = self.env._(
                "Service for %(customer)s", customer=offer.partner_id.name or ""
            )

    @api.model_create_multi
    def create(self, vals_list):
        offers = super().create(vals_list)
        for offer in offers.filtered(lambda one: one.state == "offer"):
            offer._schedule(OFFER_ACTIVITY)
        return offers

    def action_accept(self):
        """The customer agrees: a contract is drafted, and to be concluded."""
        self.write({"state": "accepted"})
        return self.action_view_contract() if len(self) == 1 else True

    def action_refuse(self):
        """The customer does not want service; the reason is among the offer's fields."""
        self.write({"state": "refused"})
        return True

    def action_ask_refusal(self):
        """Open the dialog that asks for the reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why does the customer refuse?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("service_contract.service_offer_view_form_refusal").id, "form")
            ],
            "target": "new",
        }

    def action_reopen(self):
        """The customer thinks again."""
        self.write(
            {
                "state": "offer",
                "refusal_reason_id": False,
                "refusal_note": False,
                "date_answered": False,
                "contract_id": False,
            }
        )
        return True

    def action_view_contract(self):
        """Open the contract."""
        self.ensure_one()
        return self.contract_id.get_formview_action()

    def _check_way(self, vals):
        super()._check_way(vals)
        for offer in self:
            if vals["state"] == "refused" and not (
                vals.get("refusal_reason_id") or offer.refusal_reason_id
            ):
                raise UserError(
                    self.env._(
                        "%(offer)s: choose the reason of the refusal.",
                        offer=offer.display_name,
                    )
                )
            if vals["state"] == "concluded" and offer.contract_id.state != "active":
                raise UserError(
                    self.env._(
                        "%(offer)s: put the contract into force, and it is concluded.",
                        offer=offer.display_name,
                    )
                )

    def _arrive(self, state):
        super()._arrive(state)
        if state in ("accepted", "refused"):
            self.date_answered = fields.Date.context_today(self)
        for offer in self:
            if state == "offer":
                offer._schedule(OFFER_ACTIVITY)
            elif state == "accepted":
                offer._agree()
            elif state == "refused":
                offer._decline()
            else:
                offer._finish(CONCLUDE_ACTIVITY, offer.contract_id.name)

    def _agree(self):
        self._finish(OFFER_ACTIVITY, self.env._("The customer agrees."))
        self.contract_id = self.env["service.contract"].create(self._contract_vals())
        self._schedule(CONCLUDE_ACTIVITY)

    def _decline(self):
        self._finish(
            OFFER_ACTIVITY, self.env._("Refused: %(reason)s.", reason=self.refusal_reason_id.name)
        )
        self._task_record().activity_unlink([CONCLUDE_ACTIVITY])
        self.contract_id.filtered(lambda one: one.state == "draft").action_cancel()

    def _conclude(self):
        """The contract is in force: the task is done."""
        self.filtered(lambda one: one.state == "accepted").write({"state": "concluded"})

    def _contract_vals(self):
        self.ensure_one()
        plan = self.plan_id or self.env["service.plan"].search(
            [("company_id", "in", (self.company_id.id, False))], limit=1
        )
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "plan_id": plan.id,
            "unit_ids": [Command.set(self.unit_ids.ids)],
            "user_id": self.user_id.id,
        }

    def _task_record(self):
        """Return the record that carries the tasks: the offer, or what it was made for."""
        self.ensure_one()
        return self

    def _schedule(self, kind):
        deadline = max(self.date_deadline, fields.Date.context_today(self))
        self._task_record().activity_schedule(
            kind, deadline, user_id=(self.user_id or self.env.user).id
        )

    def _finish(self, kind, feedback):
        self._task_record().activity_feedback([kind], feedback=feedback)
