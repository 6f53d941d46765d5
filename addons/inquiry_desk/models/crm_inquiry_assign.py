from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmInquiry(models.Model):
    """Whose it is: the board, assignment, and what a person says of the outcome."""

    _inherit = "crm.inquiry"

    # The board

    @api.model
    def _expand_users(self, users, domain):
        """Every colleague of the departments has a column to drop on."""
        teams = self.env["crm.team"].search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )
        return users | (teams.member_ids | teams.user_id).filtered(
            lambda user: user.company_id in self.env.companies
        )

    @api.model
    def _expand_teams(self, teams, domain):
        return teams | self.env["crm.team"].search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, **kwargs):
        """On the board the column of what nobody has yet is open: stock folds it."""
        if (
            list(groupby)[:1] == ["user_id"]
            and kwargs.get("auto_unfold")
            and not kwargs.get("opening_info")
        ):
            limit = kwargs.get("unfold_read_default_limit") or 80
            kwargs["opening_info"] = [
                {"value": False, "folded": False, "limit": limit, "offset": 0}
            ]
        return super().web_read_group(domain, groupby, *args, **kwargs)

    # Assignment

    def write(self, vals):
        if vals.get("user_id") and "state" not in vals:
            vals = {
                **vals,
                "state": "assigned",
                "assign_date": fields.Datetime.now(),
                "assigned_by_id": self.env.uid,
            }
            self._check_assignable(vals["user_id"])
            done = super().write(vals)
            self._after_assignment()
            return done
        return super().write(vals)

    def _check_assignable(self, user_id):
        user = self.env["res.users"].sudo().browse(user_id)
        if strangers := self.filtered(lambda inquiry: inquiry.company_id not in user.company_ids):
            raise UserError(
                self.env._(
                    "%(user)s does not work in %(company)s.",
                    user=user.name,
                    company=strangers[0].company_id.name,
                )
            )

    def _after_assignment(self):
        """The lead follows its inquiry; who got it is told, the head's list gets shorter."""
        for inquiry in self:
            lead = inquiry.lead_id
            team = inquiry.team_id or inquiry.suggested_team_id
            if not inquiry.team_id and team:
                inquiry.team_id = team
            if lead and lead.user_id != inquiry.user_id:
                lead.write(
                    {"user_id": inquiry.user_id.id, **({"team_id": team.id} if team else {})}
                )
            inquiry._assign_conversation()
            inquiry._clear_plans("inquiry_desk.mail_activity_triage")
            inquiry.sudo()._plan("inquiry_desk.mail_activity_answer", inquiry.user_id)
            if inquiry.user_id != self.env.user:
                inquiry.sudo()._tell(
                    inquiry.user_id,
                    "assigned",
                    lambda user, record=inquiry: record._event_title(user, "assigned"),
                )

    def _conversation(self):
        """Return all that the same person sent within the window, this inquiry included."""
        self.ensure_one()
        first = self.thread_id or self
        return first | first.thread_ids

    def _assign_conversation(self):
        """Whoever gets one of a person's inquiries gets those that wait beside it."""
        waiting = self._conversation().filtered(
            lambda inquiry: inquiry.state == "queued" and not inquiry.user_id
        )
        if waiting:
            waiting.write({"user_id": self.user_id.id})

    def action_assign_suggested(self):
        """Give each inquiry to the person its rule suggests; those without a suggestion stay."""
        for inquiry in self:
            inquiry._accept_suggestion()
        if self and not any(inquiry._is_placed() for inquiry in self):
            raise UserError(
                self.env._(
                    "No rule suggests anybody for %(inquiry)s: choose somebody yourself.",
                    inquiry=self[0].display_name,
                )
            )
        return True

    def _accept_suggestion(self):
        """Do what the rules suggest. Add-ons suggest more than a person."""
        self.ensure_one()
        if self.suggested_user_id:
            self.write({"user_id": self.suggested_user_id.id, "team_id": self.suggested_team_id.id})

    def _is_placed(self):
        """Whether somebody is to deal with it."""
        self.ensure_one()
        return bool(self.user_id)

    def action_assign_me(self):
        """Take the inquiries oneself."""
        self.write({"user_id": self.env.uid})
        return True

    # Outcome

    def action_done(self):
        """The inquiry is dealt with."""
        for inquiry in self:
            inquiry.write({"state": "done", "outcome": inquiry.outcome or "answered"})
        self._clear_all_plans()
        return True

    def action_qualify(self):
        """It is a real lead: say so and go to it."""
        self.ensure_one()
        self._make_lead()
        self.write({"outcome": "qualified", "state": "done" if self.response_date else self.state})
        return self.action_lead()

    def action_interest(self):
        """Only a preliminary interest."""
        self.write({"outcome": "interest", "state": "done"})
        self._clear_all_plans()
        return True

    def action_mistake(self):
        """Sent to us by mistake: the lead that came of it is lost."""
        self._set_aside("error")
        return True

    def action_spam(self):
        """Spam: the lead that came of it is lost, the address is not answered."""
        self._set_aside("spam")
        return True

    def _set_aside(self, outcome):
        self.write({"outcome": outcome, "state": "ignored"})
        leads = self.sudo().lead_id.filtered(
            lambda lead: lead.first_inquiry_id in self and lead.won_status == "pending"
        )
        if leads:
            leads.action_set_lost()
        self._clear_all_plans()

    def _clear_all_plans(self):
        for xmlid in ("triage", "answer", "late"):
            self._clear_plans(f"inquiry_desk.mail_activity_{xmlid}")

    # Lead and original

    def action_make_lead(self):
        """Make a lead of a known customer's inquiry, and open it."""
        self.ensure_one()
        self._make_lead()
        return self.action_lead()

    def _make_lead(self):
        """Make the lead of an inquiry that joined a known customer; his head is told of it."""
        if not self.lead_id:
            self.lead_id = self.env["crm.lead"].create(
                {**self._lead_values(), "user_id": self.user_id.id or self.env.uid}
            )
            heads = self.channel_id._heads(self.team_id) - self.env.user
            self.sudo()._tell(heads, "new", lambda user: self._event_title(user, "new"))

    def action_lead(self):
        """Open the lead."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_original(self):
        """Download the original as it arrived."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.original_id.id}?download=true",
            "target": "self",
        }
