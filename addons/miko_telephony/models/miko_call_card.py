from odoo import api, models
from odoo.tools import format_datetime

SHOWN = ("ringing", "info", "talking")


class MikoCallCard(models.AbstractModel):
    """The card that a colleague sees while a call concerns him.

    `cards` on the call remembers what each has been shown: *ringing* at him, *talking* with him,
    *info* as the customer's manager, *ended* after he talked, *gone* when it is no longer his.
    """

    _name = "miko.call.card"
    _description = "Cards of Calls"

    # ------------------------------------------------------------------ public
    @api.model
    def my_telephone(self):
        """Return what the web client needs at its start.

        :return: ``extension`` (str), rights, ``colleagues`` to transfer to by exchange, and the
            ``cards`` of the calls that are going on
        """
        user = self.env.user
        if not user.has_group("miko_telephony.group_user"):
            return {"extension": False, "cards": []}
        own = self.env["miko.extension"]._all_mine()
        return {
            "extension": self.env["miko.extension"]._mine().number,
            "can_listen": user.has_group("miko_telephony.group_listen"),
            "colleagues": {
                str(pbx.id): [
                    {"number": colleague.number, "name": colleague.user_id.name}
                    for colleague in pbx.extension_ids.filtered("user_id") - own
                ]
                for pbx in own.pbx_id
            },
            "cards": self._my_cards(),
        }

    @api.model
    def _my_cards(self):
        live = self.sudo().search(
            [
                ("state", "!=", "ended"),
                ("company_id", "in", self.env.user.company_ids.ids),
                "|",
                ("leg_ids.user_id", "=", self.env.uid),
                ("responsible_id", "=", self.env.uid),
            ],
            limit=20,
        )
        states = ((call, (call.cards or {}).get(str(self.env.uid))) for call in live)
        return [call._card(self.env.user, state) for call, state in states if state in SHOWN]

    # ------------------------------------------------------------------ telling
    def _show_cards(self):
        """Tell each colleague concerned what has changed for him."""
        for call in self.filtered(lambda call: call.direction != "internal" and not call.blocked):
            wanted, before = call._wanted_cards(), call.cards or {}
            wanted = {user.id: state for user, state in wanted.items()}
            for user_id in before.keys() - {str(user) for user in wanted}:
                wanted[int(user_id)] = "gone"
            changed = {
                user: state
                for user, state in wanted.items()
                if before.get(str(user)) != state
                and (state in SHOWN or before.get(str(user)) in SHOWN)
            }
            if changed:
                call.cards = {**before, **{str(user): state for user, state in changed.items()}}
            for user in self.env["res.users"].browse(changed):
                call._send_card(user, changed[user.id], before.get(str(user.id)))

    def _withdraw_cards(self):
        for call in self:
            for user_id, state in (call.cards or {}).items():
                if state in SHOWN:
                    call._send_card(self.env["res.users"].browse(int(user_id)), "gone", state)

    def _wanted_cards(self):
        """Return {user: what he should see now}."""
        self.ensure_one()
        cards = {}
        for leg in self.leg_ids.filtered("user_id"):
            state = self._leg_card(leg)
            # of several telephones of one person the liveliest counts
            order = ("talking", "ringing", "ended", "gone")
            cards[leg.user_id] = min((state, cards.get(leg.user_id, "gone")), key=order.index)
        responsible = self.responsible_id
        if self.direction == "inbound" and responsible and responsible not in cards:
            cards[responsible] = "info" if self.state != "ended" else "gone"
        return {user: state for user, state in cards.items() if self._concerns(user)}

    def _concerns(self, user):
        """Whether a user works with the calls of this exchange; an extension may be anybody's."""
        return self.company_id in user.company_ids and user.has_group("miko_telephony.group_user")

    def _leg_card(self, leg):
        if self.state == "ended":
            return "ended" if leg.answered else "gone"
        if leg.ended:
            last = not self.transferred or leg.extension == self.last_extension
            return "ended" if leg.answered and last else "gone"
        if leg.answered or (self.direction == "outbound" and leg.extension == self.extension):
            return "talking" if leg.answered else "ringing"
        # rung after somebody had answered: a colleague who is asked, or given the customer
        asked = leg.rang and self.answer_date and leg.rang > self.answer_date
        return "ringing" if self.state == "ringing" or self.transferred or asked else "gone"

    def _send_card(self, user, state, before):
        """Send the whole card when it appears, only the change afterwards."""
        change = {"id": self.id, "state": state, "by": self.sudo().last_user_id.name or ""}
        if state in SHOWN and before not in SHOWN:
            change = self._card(user, state)
        change["moment"] = (self.env.context.get("miko_moments") or {}).get(self.id)
        user._bus_send("miko_telephony/card", change)

    # ------------------------------------------------------------------ what it says
    def _card(self, user, state):
        """Return a card with what this user may see."""
        self.ensure_one()
        own = self.with_user(user).with_company(self.company_id).with_context(lang=user.lang)
        call = self.with_env(own.env).sudo()
        partner = call._readable(call.partner_id)
        return {
            "id": self.id,
            "pbx": self.pbx_id.id,
            "state": state,
            "direction": self.direction,
            "number": self.number or self.number_raw or "",
            "anonymous": self.anonymous,
            "line": call.line_id.name or self.did or "",
            "queue": self.queue or "",
            "started": self.date.isoformat() + "Z",
            "answered": self.answer_date and self.answer_date.isoformat() + "Z",
            "by": call.last_user_id.name or "",
            "responsible": call.responsible_id.name or "",
            "mine": self.responsible_id == user,
            "ringing_at": ", ".join(call.leg_ids.user_id.mapped("name")),
            "partner": {"id": partner.id, "name": partner.name},
            "first_contact": call._is_first_contact(),
            "company": partner.commercial_partner_id.name
            if partner.commercial_partner_id != partner
            else partner.company_name or "",
            "town": partner.city or "",
            "deals": own._card_deals(partner) if partner else [],
            "contacts": call._card_contacts(),
            "lead": call._readable(call.lead_id).id,
            "form": {
                "name": self.contact_name or "",
                "company": self.contact_company or "",
                "email": self.contact_email or "",
                "note": self.note or "",
            },
        }

    @api.model
    def _card_deals(self, partner):
        """Return the three newest open deals of a customer that the user may see; a technician
        sees none.
        """
        if not self.env["crm.lead"].has_access("read"):
            return []
        domain = [
            ("partner_id", "child_of", partner.commercial_partner_id.ids),
            ("won_status", "=", "pending"),
            ("company_id", "in", [False, self.env.company.id]),
        ]
        leads = self.env["crm.lead"].search(domain, order="id desc", limit=3)
        return [
            {"id": lead.id, "name": lead.name, "stage": lead.sudo().stage_id.name or ""}
            for lead in leads
        ]

    def _card_contacts(self):
        """Return the last three contacts with this number or customer, in words."""
        domain = [("id", "!=", self.id), ("company_id", "=", self.company_id.id)]
        if self.partner_id:
            domain.append(("commercial_partner_id", "=", self.commercial_partner_id.id))
        elif self.number:
            domain.append(("number", "=", self.number))
        else:
            return []
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        return [
            " · ".join(
                filter(
                    None,
                    [
                        format_datetime(self.env, call.date, dt_format="short"),
                        outcomes.get(call.outcome),
                        call.last_user_id.name,
                        (call.note or "")[:60],
                    ],
                )
            )
            for call in self.search(domain, limit=3)
        ]
