from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

#: what is copied of a customer; notes, tags and internal data stay with the leaving dealer
CUSTOMER_FIELDS = (
    "name", "is_company", "type", "street", "street2", "zip", "city", "state_id", "country_id",
    "phone", "email", "website", "vat", "lang", "function", "ref",
)  # fmt: skip


class DealerLeaving(models.Model):
    """The end of a dealer: who takes over what, on which ground; history stays.

    Add-ons add kinds of work to hand over: extend :meth:`_handover_kinds` and
    give ``_domain_<kind>()`` and ``_handover_<kind>(records)``.
    """

    _name = "dealer.leaving"
    _description = "Leaving of a Dealer"
    _inherit = ["dealer.two.party.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, id desc"
    _rec_name = "dealer_id"
    _mail_post_access = "read"
    _upstream_party = "oem_company_id"  # the OEM lets dealers go, whoever sells to them

    successor_id = fields.Many2one(
        "dealer.dealer",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('id', '!=', dealer_id), ('state', '=', 'active')]",
        help="Takes over customers and sub-dealers; empty when nobody does.",
    )
    date_end = fields.Date(
        string="Last day",
        required=True,
        tracking=True,
        default=lambda self: fields.Date.context_today(self),
    )
    reason = fields.Text(tracking=True)
    state = fields.Selection(
        [("draft", "Prepared"), ("done", "Left"), ("cancelled", "Cancelled")],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    date_done = fields.Datetime(string="Carried out on", readonly=True, copy=False)
    item_ids = fields.One2many("dealer.leaving.item", "leaving_id", string="Hand-over")

    customer_method = fields.Selection(
        [("copy", "Copy, the dealer keeps its own"), ("move", "Move, the dealer loses them")],
        string="Customers",
        required=True,
        default="copy",
        tracking=True,
        help="A copy takes names and addresses only. Moved customers keep their documents "
        "in the leaving dealer's company.",
    )
    legal_ground = fields.Selection(
        [
            ("consent", "The dealer consents"),
            ("contract", "The agreement says so"),
            ("law", "The law or a court demands it"),
        ],
        string="Ground",
        tracking=True,
        help="Customers are the dealer's: without a ground they are not handed over.",
    )
    ground_reference = fields.Char(
        string="Clause or document",
        tracking=True,
        help="Clause of the agreement, or law, that the hand-over rests on.",
    )
    ground_document = fields.Binary(string="Document", attachment=True)
    consent_user_id = fields.Many2one(
        "res.users", string="Consent given by", readonly=True, copy=False, tracking=True
    )
    consent_date = fields.Datetime(string="Consent given on", readonly=True, copy=False)
    can_consent = fields.Boolean(compute="_compute_can_consent")

    _open_uniq = models.UniqueIndex(
        "(dealer_id) WHERE state = 'draft'", "The leaving of this dealer is being prepared already."
    )

    @api.constrains("dealer_id", "successor_id")
    def _check_successor(self):
        for leaving in self:
            if leaving.successor_id == leaving.dealer_id:
                raise ValidationError(
                    self.env._(
                        "%(dealer)s cannot be its own successor.",
                        dealer=leaving.dealer_id.display_name,
                    )
                )

    @api.depends_context("uid")
    @api.depends("dealer_id", "state", "consent_user_id", "legal_ground")
    def _compute_can_consent(self):
        mine = self._dealers_managed()
        for leaving in self:
            leaving.can_consent = (
                leaving.state == "draft"
                and leaving.legal_ground == "consent"
                and not leaving.consent_user_id
                and leaving.sudo().dealer_id in mine
            )

    def write(self, vals):
        self._protect_consent(vals)
        return super().write(vals)

    def _protect_consent(self, vals):
        """A consent was given to one successor and one way: changing them voids it."""
        if not {"successor_id", "customer_method", "legal_ground"} & vals.keys():
            return
        if "consent_user_id" in vals:
            return
        given = self.filtered("consent_user_id")
        if given:
            super(DealerLeaving, given).write({"consent_user_id": False, "consent_date": False})

    # Actions

    def action_collect(self):
        """Count again what there is to hand over."""
        self.check_access("write")
        for leaving in self.filtered(lambda record: record.state == "draft"):
            leaving._collect()
        return True

    def action_consent(self):
        """Consent to the hand-over, as a manager of the leaving dealer.

        :raise AccessError: the user does not manage the dealer
        """
        self.check_access("read")
        for leaving in self:
            if not leaving.can_consent:
                raise AccessError(
                    self.env._(
                        "Only a manager of %(dealer)s can consent, while the leaving is prepared "
                        "and rests on consent.",
                        dealer=leaving.sudo().dealer_id.display_name,
                    )
                )
        self.sudo().write({"consent_user_id": self.env.uid, "consent_date": fields.Datetime.now()})
        return True

    def action_cancel(self):
        """Give up the leaving; nothing was changed."""
        self.check_access("write")
        self.filtered(lambda record: record.state == "draft").state = "cancelled"
        self.flush_recordset(["state"])  # the index of open ones must see it before the next
        return True

    def action_complete(self):
        """Hand over, end jobs and releases, terminate the dealer; all or nothing.

        :raise UserError: the last day is to come, the reason, successor or ground
            is missing
        """
        self.check_access("write")
        for leaving in self:
            leaving._check_running()
            leaving._collect()
            leaving._check_complete()
            leaving._hand_over()
            leaving._end_staff()
            leaving._end_releases()
            leaving.dealer_id._set_state("terminated", leaving.reason)
            leaving.write({"state": "done", "date_done": fields.Datetime.now()})
        return True

    # Checks

    def _check_running(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "The leaving of %(dealer)s has ended.", dealer=self.dealer_id.display_name
                )
            )

    def _check_complete(self):
        name = self.dealer_id.display_name
        if self.date_end > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(dealer)s works until %(date)s; carry the leaving out on that day or later.",
                    dealer=name,
                    date=fields.Date.to_string(self.date_end),
                )
            )
        if not self.reason:
            raise UserError(
                self.env._("Leaving of %(dealer)s: the reason is missing.", dealer=name)
            )
        items = self.item_ids.filtered(lambda item: item.hand_over and item.count)
        if items and not self.successor_id:
            raise UserError(
                self.env._(
                    "Leaving of %(dealer)s: choose a successor, or hand nothing over.", dealer=name
                )
            )
        if items.filtered("needs_ground"):
            self._check_ground()

    def _check_ground(self):
        """Raise unless there is a recorded ground for handing over personal data."""
        given = {
            "consent": self.consent_user_id,
            "contract": self.ground_reference,
            "law": self.ground_reference,
        }.get(self.legal_ground)
        if not given:
            raise UserError(
                self.env._(
                    "The customers of %(dealer)s are its own: its recorded consent, or the clause "
                    "of the agreement or law, is needed before they are handed over.",
                    dealer=self.dealer_id.display_name,
                )
            )

    @api.model
    def _dealers_managed(self):
        """Return the dealers (sudo) that the user manages today."""
        if not self.env.user.has_group("dealer_network.group_dealer_manager"):
            return self.env["dealer.dealer"].sudo()
        return (
            self.env["dealer.staff"]
            .sudo()
            .search([("user_id", "=", self.env.uid), ("state", "=", "current")])
            .dealer_id
        )

    # Hand-over

    @api.model
    def _handover_kinds(self):
        """Return {kind: (label, model, needs a legal ground)}: the allow-list.

        Only what is named here can be handed over.
        """
        return {
            "customers": (self.env._("Customers"), "res.partner", True),
            "subdealers": (self.env._("Sub-dealers"), "dealer.dealer", False),
        }

    def _handover_records(self, kind):
        """Return the records (sudo) of a kind that belong to the leaving dealer."""
        self.ensure_one()
        _label, model, _ground = self._handover_kinds()[kind]
        domain = getattr(self, f"_domain_{kind}")()
        return self.env[model].sudo().search(domain)

    def _collect(self):
        """Make or refresh an item for each kind."""
        known = {item.kind: item for item in self.item_ids}
        for sequence, kind in enumerate(self._handover_kinds()):
            values = {"count": len(self._handover_records(kind))}
            if kind in known:
                known[kind].write(values)
            else:
                values.update(leaving_id=self.id, kind=kind, sequence=sequence)
                self.env["dealer.leaving.item"].create(values)

    def _hand_over(self):
        for item in self.item_ids.filtered(lambda item: item.hand_over and item.count):
            records = self._handover_records(item.kind)
            getattr(self, f"_handover_{item.kind}")(records)
            item.done_count = len(records)

    def _domain_customers(self):
        """Contacts of the dealer's company, without its own people and itself."""
        company = self.dealer_id.sudo().company_id
        if not company:
            return Domain.FALSE
        own = company.partner_id | self.dealer_id.sudo().partner_id
        return (
            Domain("company_id", "=", company.id)
            & Domain("id", "not in", own.ids)
            & Domain("user_ids", "=", False)
        )

    def _handover_customers(self, partners):
        company = self.successor_id.sudo().company_id
        if not company:
            raise UserError(
                self.env._(
                    "%(successor)s has no company of its own here and cannot take customers; "
                    "do not hand them over, or choose another successor.",
                    successor=self.successor_id.display_name,
                )
            )
        if self.customer_method == "move":
            partners.write({"company_id": company.id})
        else:
            self._copy_customers(partners, company)

    def _copy_customers(self, partners, company):
        """Copy firms first, then the people in them, one batch for each level."""
        copies = {}
        # who carries the leaving out is not mailed about the successor's customers
        partners = partners.with_context(mail_create_nosubscribe=True)
        waiting = partners
        while waiting:
            ready = waiting.filtered(
                lambda partner, waiting=waiting: partner.parent_id not in waiting
            )
            created = partners.create(
                [self._customer_values(partner, company, copies) for partner in ready]
            )
            copies.update(zip(ready, created, strict=True))
            waiting -= ready

    def _customer_values(self, partner, company, copies):
        values = {}
        for name in CUSTOMER_FIELDS:
            value = partner[name]
            values[name] = value.id if isinstance(value, models.BaseModel) else value
        parent = copies.get(partner.parent_id)
        return {
            **values,
            "active": True,
            "company_id": company.id,
            "parent_id": parent.id if parent else False,
            "user_id": False,
        }

    def _domain_subdealers(self):
        return Domain("parent_id", "=", self.dealer_id.id)

    def _handover_subdealers(self, dealers):
        dealers.with_env(self.env)._reparent(self.successor_id, self.reason)

    # End

    def _end_staff(self):
        """End every job with the last day; jobs that have not begun end as they begin."""
        lines = self.dealer_id.staff_ids.filtered(
            lambda line: not line.date_end or line.date_end > self.date_end
        )
        begun = lines.filtered(lambda line: line.date_start <= self.date_end)
        begun.write({"date_end": self.date_end})
        for line in lines - begun:
            line.date_end = line.date_start

    def _end_releases(self):
        self.dealer_id.release_ids.filtered("enabled").write({"enabled": False})
