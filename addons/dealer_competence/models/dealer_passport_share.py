import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class DealerPassportShare(models.Model):
    """Who may see a passport: a dealer, or everybody who has the link. The person decides."""

    _name = "dealer.passport.share"
    _description = "Sight of a Passport"
    _order = "state, id desc"

    person_id = fields.Many2one(
        "dealer.person",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env["dealer.person"]._mine(),
    )
    kind = fields.Selection(
        [("public", "Page with a link"), ("dealer", "A dealer")],
        required=True,
        default="public",
    )
    dealer_id = fields.Many2one("dealer.dealer", index="btree_not_null", ondelete="cascade")
    dealer_name = fields.Char(compute="_compute_dealer_name", compute_sudo=True)
    state = fields.Selection(
        [("asked", "Asked"), ("allowed", "Allowed"), ("ended", "Ended")],
        required=True,
        default="allowed",
        copy=False,
        index=True,
    )
    date_to = fields.Date(string="Until", help="Last day; empty until it is ended.")
    show_name = fields.Boolean(string="Show my name", default=True)
    show_employer = fields.Boolean(string="Show where I work")
    show_level = fields.Boolean(string="Show levels", default=True)
    competence_ids = fields.Many2many(
        "dealer.competence", string="Only these", help="Empty shows all that is in force."
    )
    token = fields.Char(
        required=True,
        index=True,
        copy=False,
        readonly=True,
        default=lambda self: secrets.token_urlsafe(24),
    )
    url = fields.Char(string="Link", compute="_compute_url")
    qr_url = fields.Char(string="QR code", compute="_compute_url")
    view_count = fields.Integer(string="Times seen", readonly=True, copy=False)
    last_view = fields.Datetime(string="Last seen", readonly=True, copy=False)

    _token_uniq = models.Constraint("UNIQUE(token)", "This link is in use already.")
    _dealer_given = models.Constraint(
        "CHECK(kind <> 'dealer' OR dealer_id IS NOT NULL)", "Say which dealer may see the passport."
    )

    @api.depends("dealer_id")
    def _compute_dealer_name(self):
        """The person reads who asks, though it may not work there yet."""
        for share in self:
            share.dealer_name = share.dealer_id.name

    @api.depends("token", "kind")
    def _compute_url(self):
        for share in self:
            public = share.kind == "public" and share.token
            share.url = f"{share.get_base_url()}/passport/{share.token}" if public else False
            share.qr_url = f"/passport/{share.token}/qr" if public else False

    @api.depends("kind", "dealer_id", "person_id")
    def _compute_display_name(self):
        for share in self:
            share.display_name = (
                share.dealer_name
                if share.kind == "dealer"
                else self.env._("Public page %(token)s", token=(share.token or "")[:6])
            )

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        shares._check_owner()
        return shares

    def write(self, vals):
        self._check_owner()
        result = super().write(vals)
        self._check_owner()
        if vals.get("state") == "allowed":
            self.filtered(lambda share: share.kind == "dealer")._note_arrival()
        return result

    def _check_owner(self):
        for share in self:
            share.person_id._check_is_me()

    def action_allow(self):
        """Let the dealer see the passport."""
        self.write({"state": "allowed"})
        return True

    def action_open_form(self):
        """Open the question, to be allowed or not."""
        return self._get_records_action()

    def action_end(self):
        """Take the sight back; a page says from now on that it is gone."""
        self.write({"state": "ended"})
        return True

    @api.model
    def _ask(self, person, dealer):
        """Put before a person that a dealer asks to see its passport.

        Who consented to be recorded across jobs has agreed already: the sight is
        allowed at once and can be taken back.

        :return: dealer.passport.share (sudo)
        """
        shares = self.sudo()
        known = shares.search(
            [("person_id", "=", person.id), ("dealer_id", "=", dealer.id), ("state", "!=", "ended")]
        )
        if known:
            return known[0]
        share = shares.create(
            {
                "person_id": person.id,
                "dealer_id": dealer.id,
                "kind": "dealer",
                "state": "allowed" if person.consent else "asked",
            }
        )
        if person.consent:
            share._note_arrival()
        return share

    def _note_arrival(self):
        """The new dealer's history says what came along."""
        held = self.env["dealer.staff.competence"].sudo()
        for share in self.sudo():
            jobs = share.person_id.staff_ids.filtered(
                lambda job, share=share: job.dealer_id == share.dealer_id and job.state != "past"
            )
            lines = held.search(
                held._domain_in_force()
                & held._domain_of(share.person_id)
                & Domain("dealer_id", "!=", share.dealer_id.id)
            )
            if jobs:
                self.env["dealer.competence.history"]._record(lines, "arrived", jobs)

    @api.model
    def _domain_in_force(self):
        today = fields.Date.context_today(self)
        return Domain("state", "=", "allowed") & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        )

    @api.model
    def _public(self, token):
        """Return the share (sudo) that a link opens today, or none."""
        if not token.isprintable():  # an address may hold what no column can
            return self.sudo().browse()
        return self.sudo().search(
            self._domain_in_force() & Domain([("kind", "=", "public"), ("token", "=", token)])
        )

    def _page(self):
        """Return what the page shows: nothing but what the person allows.

        :return: dict of ``name``, ``employer`` (False when hidden) and ``lines``
        """
        self.ensure_one()
        person = self.person_id
        held = self.env["dealer.competence"]._in_force(person).values()
        shown = [
            line
            for line in held
            if not self.competence_ids or line.competence_id in self.competence_ids
        ]
        jobs = person.staff_ids.filtered(lambda job: job.state == "current")
        return {
            "name": person.name if self.show_name else False,
            "employer": ", ".join(jobs.dealer_id.mapped("name")) if self.show_employer else False,
            "lines": [
                {
                    "competence": line.competence_id.name,
                    "level": line.skill_level_id.name if self.show_level else False,
                    "since": line.valid_from,
                    "until": line.valid_to,
                }
                for line in sorted(shown, key=lambda line: line.competence_id.code)
            ],
        }

    def _count_view(self):
        """Count a sight of the page; two at once need not wait for each other."""
        if self.try_lock_for_update():
            for share in self:
                share.write(
                    {"view_count": share.view_count + 1, "last_view": fields.Datetime.now()}
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_own(self):
        if not self.env.su and any(
            share.sudo().person_id.user_id != self.env.user for share in self
        ):
            raise AccessError(self.env._("Only the person itself decides who sees its passport."))
