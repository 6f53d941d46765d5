from odoo import api, fields, models
from odoo.tools import email_normalize, hmac


class DealerPerson(models.Model):
    """A human across jobs at dealers; owner of what he or she has learnt.

    The person is found again by a keyed hash of the e-mail address, so that
    two dealers need not see each other's people to tell that they are one.
    """

    _name = "dealer.person"
    _description = "Person"
    _inherit = ["dealer.guard.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "email"]

    name = fields.Char(required=True, index="trigram")
    email = fields.Char()
    phone = fields.Char()
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        default=lambda self: self.env.lang or "en_US",
    )
    identity_key = fields.Char(
        compute="_compute_identity_key",
        store=True,
        index="btree_not_null",
        groups="dealer_network.group_network_administrator",
        help="Keyed hash of the e-mail address.",
    )
    oem_company_id = fields.Many2one(
        "res.company",
        string="OEM company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_oem_company_id(),
    )
    consent = fields.Boolean(
        string="Consents to its record", help="The person agreed to be recorded across jobs."
    )
    consent_date = fields.Date(string="Consent given on")
    consent_text = fields.Char(string="Wording of the consent")
    consent_withdrawn_date = fields.Date(string="Consent withdrawn on")
    staff_ids = fields.One2many("dealer.staff", "person_id", string="Jobs")
    employer_ids = fields.Many2many(
        "dealer.dealer",
        "dealer_person_employer_rel",
        "person_id",
        "dealer_id",
        string="Works for",
        compute="_compute_employers",
        store=True,
        groups="dealer_network.group_network_user",
        help="Dealers where the person works now or soon: they see its card.",
    )
    is_unplaced = fields.Boolean(
        string="Never had a job",
        compute="_compute_employers",
        store=True,
        groups="dealer_network.group_network_user",
    )
    active = fields.Boolean(default=True)

    _consent_dated = models.Constraint(
        "CHECK(consent IS NOT TRUE OR consent_date IS NOT NULL)",
        "A consent needs the day on which it was given.",
    )

    def _default_oem_company_id(self):
        return self.env.user.sudo().dealer_id.oem_company_id or self.env.company

    @api.depends("email")
    def _compute_identity_key(self):
        for person in self:
            person.identity_key = self._identity_key(person.email)

    @api.depends("staff_ids.dealer_id", "staff_ids.state")
    def _compute_employers(self):
        """Keep what the record rule compares.

        A rule over ``staff_ids`` itself would leave, in the cache, the lines of
        other dealers under the eyes of the one whose access is checked.
        """
        for person in self:
            jobs = person.staff_ids
            person.employer_ids = jobs.filtered(lambda staff: staff.state != "past").dealer_id
            person.is_unplaced = not jobs

    @api.onchange("consent")
    def _onchange_consent(self):
        if self.consent and not self.consent_date:
            self.consent_date = fields.Date.context_today(self)

    def action_give_consent(self):
        """Record that the persons agree, from today."""
        self.write(
            {
                "consent": True,
                "consent_date": fields.Date.context_today(self),
                "consent_withdrawn_date": False,
            }
        )
        return True

    def action_withdraw_consent(self):
        """Record that the persons no longer agree; the day they had agreed stays."""
        self.filtered("consent").write(
            {
                "consent": False,
                "consent_withdrawn_date": fields.Date.context_today(self),
            }
        )
        return True

    @api.model
    def _identity_key(self, email):
        """Return the keyed hash of an e-mail address, or False without one."""
        address = email_normalize(email)
        return hmac(self.env(su=True), "dealer.person", address) if address else False

    @api.model
    def _match(self, emails):
        """Find persons by their e-mail addresses, whoever works with them now.

        :param list emails: addresses as typed
        :return: dict of address as typed to dealer.person (sudo); unknown ones left out
        """
        keys = {email: key for email in emails if (key := self._identity_key(email))}
        persons = self.sudo().search([("identity_key", "in", list(keys.values()))], order="id desc")
        by_key = {person.identity_key: person for person in persons}
        return {email: by_key[key] for email, key in keys.items() if key in by_key}
