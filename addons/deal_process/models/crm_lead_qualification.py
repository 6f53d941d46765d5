from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """Qualification: is it a lead at all, who is it, what is needed?"""

    _inherit = "crm.lead"

    # not read-only: what is loaded with a lead is kept; a person's own values are refused anyway
    qualification = fields.Selection(
        [
            ("qualified", "Qualified"),
            ("preliminary", "Preliminary interest"),
            ("error", "Error"),
            ("spam", "Spam"),
        ],
        compute="_compute_qualification",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        tracking=True,
        index="btree_not_null",
    )
    qualification_date = fields.Datetime(
        string="Qualified on",
        compute="_compute_qualification",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    qualification_user_id = fields.Many2one(
        "res.users",
        string="Qualified by",
        compute="_compute_qualification",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    qualification_note = fields.Text(string="Result of the conversation", copy=False)

    @api.depends()  # once, when the record is made: afterwards the buttons judge
    def _compute_qualification(self):
        """Whoever enters a request as an opportunity has judged it; a lead waits for it."""
        for lead in self:
            # a judgement that is loaded with the lead is kept
            judged = lead.qualification or (lead.type == "opportunity" and "qualified")
            lead.qualification = judged
            lead.qualification_date = judged and (
                lead.qualification_date or lead.create_date or fields.Datetime.now()
            )
            lead.qualification_user_id = judged and (
                lead.qualification_user_id or lead.create_uid or self.env.user
            )

    def action_qualify(self):
        """Qualified: contacts, company and needs are known.

        :raise UserError: naming what is not known yet
        """
        self._check_no_deal()
        for lead in self:
            unknown = lead._unknown_of_lead()
            if unknown:
                raise UserError(
                    self.env._(
                        "Lead %(lead)s is not qualified yet. Unknown: %(unknown)s.",
                        lead=lead.name,
                        unknown=", ".join(unknown),
                    )
                )
        self._qualify("qualified")
        return True

    def action_preliminary(self):
        """Preliminary interest: a lead to come back to, not a deal yet."""
        self._check_no_deal()
        self._qualify("preliminary")
        return True

    def action_not_lead_error(self):
        """A wrong number, a misdirected letter: not a lead."""
        self._check_no_deal()
        self._qualify("error")
        self.action_set_lost()
        return True

    def action_not_lead_spam(self):
        """Spam: not a lead."""
        self._check_no_deal()
        self._qualify("spam")
        self.action_set_lost()
        return True

    def action_make_deal(self):
        """Make a deal of a qualified lead, and open it.

        :raise UserError: naming what is missing
        """
        self.ensure_one()
        self._check_no_deal()
        self.convert_opportunity(self.partner_id)
        return self.redirect_lead_opportunity_view()

    def action_create_customer(self):
        """Make a customer of what the lead says, and open it to be completed."""
        self.ensure_one()
        if not self.partner_id:
            self._handle_partner_assignment(create_missing=True)
        return self._action_customer()

    def _action_customer(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.commercial_partner_id.id,
            "views": [(False, "form")],
            "target": "current",
            # the form says what the deal needs of him
            "context": {"deal_customer": True},
        }

    def _check_no_deal(self):
        deals = self.filtered("process_version_id")
        if deals:
            raise UserError(self.env._("%s is a deal already, not a lead.", deals[0].name))

    def _qualify(self, outcome):
        self._write_past_gates(
            {
                "qualification": outcome,
                "qualification_date": fields.Datetime.now(),
                "qualification_user_id": self.env.uid,
            }
        )

    def _forget_judgement(self):
        """What becomes a lead again waits to be judged, whoever or whatever had entered it."""
        self._write_past_gates(
            {
                "qualification": False,
                "qualification_date": False,
                "qualification_user_id": False,
            }
        )

    def _unknown_of_lead(self):
        """Return what must be known of a lead and is not, in words."""
        self.ensure_one()
        unknown = []
        if not self.partner_id and not (self.contact_name or self.partner_name):
            unknown.append(self.env._("whom to speak to"))
        if not (self.phone or self.email_from or self.contact_ids):
            unknown.append(self.env._("telephone or mail address"))
        is_person = self.partner_id.customer_kind in ("person", "entrepreneur")
        if (
            not self.partner_name
            and not self.partner_id.parent_id
            and not (self.partner_id.is_company or is_person)
        ):
            unknown.append(self.env._("the company, or that it is a private person"))
        if not self.need_ids:
            unknown.append(self.env._("what is needed"))
        return unknown
