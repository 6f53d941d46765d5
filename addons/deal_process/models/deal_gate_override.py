from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class DealGateOverride(models.Model):
    """The head of sales lets a deal pass a gate, for a reason. It stays on record."""

    _name = "deal.gate.override"
    _description = "Overridden Gate"
    _order = "id desc"
    _rec_name = "gate_id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="lead_id.company_id", store=True, index=True)
    gate_id = fields.Many2one("deal.gate", required=True, ondelete="restrict")
    stage_id = fields.Many2one("deal.process.stage", string="In stage", readonly=True)
    user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    reason = fields.Text(required=True)
    problems = fields.Text(string="What was missing", readonly=True)

    _gate_uniq = models.Constraint(
        "UNIQUE(lead_id, gate_id)", "This gate is overridden already for the deal."
    )

    @api.constrains("reason")
    def _check_reason(self):
        for override in self:
            if len((override.reason or "").split()) < 2:
                raise ValidationError(
                    self.env._(
                        "Deal %(deal)s: say why gate %(gate)s may be passed over, in words.",
                        deal=override.lead_id.name,
                        gate=override.gate_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user.has_group("deal_process.group_deal_head"):
            raise AccessError(self.env._("Only the head of sales overrides a gate."))
        for vals in vals_list:
            vals.update(user_id=self.env.uid, date=fields.Datetime.now())
        overrides = super().create(vals_list)
        for override in overrides:
            override._log()
        overrides.lead_id._touch()
        return overrides

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("What was decided at a gate is not changed afterwards."))
        return super().write(vals)

    def _log(self):
        """Keep what was missing at that moment, and say it in the deal's history."""
        self.ensure_one()
        gate, lead = self.gate_id, self.lead_id
        if gate.no_override:
            raise UserError(
                self.env._("Gate %(gate)s cannot be passed over by anybody.", gate=gate.name)
            )
        problems = gate._evaluate(lead)[lead] or []
        self.sudo().write({"problems": "\n".join(problems), "stage_id": lead.deal_stage_id.id})
        lead.message_post(
            body=self.env._(
                "Gate “%(gate)s” passed over by %(user)s. Reason: %(reason)s. Missing: %(missing)s",
                gate=gate.name,
                user=self.user_id.name,
                reason=self.reason,
                missing=" ".join(problems) or self.env._("nothing"),
            ),
            subtype_xmlid="mail.mt_note",
        )
