import phonenumbers

from odoo import fields, models
from odoo.exceptions import UserError

NETWORK = "dealer_network.group_network_user,dealer_network.group_dealer_user"


class CrmInquiry(models.Model):
    _inherit = "crm.inquiry"

    suggested_dealer_id = fields.Many2one(
        "dealer.dealer", string="Suggested dealer", readonly=True, copy=False, groups=NETWORK
    )
    dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Handed to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=NETWORK,
    )
    dealer_date = fields.Datetime(string="Handed on", readonly=True, copy=False)
    outcome = fields.Selection(selection_add=[("dealer", "Handed to a dealer")])

    # Suggestion

    def _suggest(self):
        super()._suggest()
        for inquiry in self.sudo():
            inquiry.suggested_dealer_id = inquiry._serving_dealer()

    def _serving_dealer(self):
        """Return the dealer whom the rule names, else who serves the customer's place."""
        candidates = self.env["dealer.dealer"]._inquiry_candidates(self.company_id)
        named = self.rule_id.dealer_id & candidates
        return (named or candidates._inquiry_serving(*self._place()))[:1]

    def _place(self):
        """Return (country, postal code, town) of the customer, as far as they are known."""
        self.ensure_one()
        partner = self.partner_id
        country = partner.country_id or self._country_of_number() or self.company_id.country_id
        if self.zip or self.city:  # where the goods are wanted, rather than where the office is
            return country, self.zip or "", self.city or ""
        return country, partner.zip or "", partner.city or ""

    def _country_of_number(self):
        """Return the country of the telephone number; none for a number without one."""
        try:
            number = phonenumbers.parse(self.phone or "", None)
        except phonenumbers.NumberParseException:
            return self.env["res.country"]
        code = phonenumbers.region_code_for_number(number)
        return self.env["res.country"].search([("code", "=", code)], limit=1)

    # Handing over

    def action_hand_to_dealer(self):
        """Hand the inquiries to the suggested dealers; each appears on the dealer's own desk.

        :raise UserError: where no dealer is suggested, or he has no desk in this region
        """
        self.check_access("write")
        for inquiry in self.sudo():
            inquiry._hand_to(inquiry.suggested_dealer_id)
        return True

    def _hand_to(self, dealer):
        self.ensure_one()
        channel = dealer and dealer._inquiry_channel()
        if not dealer:
            raise UserError(
                self.env._("No dealer serves the place of %(inquiry)s.", inquiry=self.display_name)
            )
        # he may have been suspended since he was suggested
        if not dealer.permits("receive_leads"):
            raise UserError(
                self.env._(
                    "%(dealer)s receives no leads in its state: choose somebody else for "
                    "%(inquiry)s.",
                    dealer=dealer.name,
                    inquiry=self.display_name,
                )
            )
        if not channel:
            raise UserError(
                self.env._(
                    "%(dealer)s has no inquiry desk here: tell him of %(inquiry)s by mail.",
                    dealer=dealer.name,
                    inquiry=self.display_name,
                )
            )
        self._receive(self._event_for(channel))
        self.write(
            {
                "dealer_id": dealer.id,
                "dealer_date": fields.Datetime.now(),
                "outcome": "dealer",
                "state": "done",
            }
        )
        self._clear_all_plans()
        reason = self.env.ref("inquiry_desk_dealer_network.lost_reason_dealer")
        leads = self.lead_id.filtered(lambda lead: lead.first_inquiry_id == self)
        leads.filtered(lambda lead: lead.won_status == "pending").action_set_lost(
            lost_reason_id=reason.id
        )

    def _event_for(self, channel):
        """Return what a dealer gets of it: the customer and his request, nothing of our desk."""
        texts = {
            "name": self.contact_name,
            "company": self.company_name,
            "phone": self.phone,
            "extension": self.phone_extension,
            "email": self.email,
            "subject": self.subject,
            "text": self.text,
            "page": self.page,
            "language": self.language,
            "city": self.city,
            "zip": self.zip,
            "product": self.product,
        }
        files = self._attachments() - self.original_id
        return {
            **{name: text for name, text in texts.items() if text},
            "channel": channel,
            "key": f"handed:{self.company_id.id}:{self.name}",
            "html": self.body,
            "attachments": [(file.name, file.raw, file.mimetype) for file in files],
        }

    def _story_steps(self):
        """The handing over is part of the story."""
        steps = super()._story_steps()
        if self.dealer_date:
            told = self.env._("Handed to %(dealer)s", dealer=self.sudo().dealer_id.name)
            steps.append((self.dealer_date, "fa-share", told))
        return steps
