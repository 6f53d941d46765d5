from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("signed", "Signed"),
    ("running", "Running"),
    ("expired", "Expired"),
    ("terminated", "Terminated"),
]
TRANSITIONS = {
    "draft": {"sent", "signed"},
    "sent": {"draft", "signed"},
    "signed": {"draft", "running", "terminated"},
    "running": {"expired", "terminated"},
    "expired": set(),
    "terminated": set(),
}
#: What both parties signed: from then on it changes by amendment only.
SIGNED_FIELDS = {
    "dealer_id", "type_id", "seller", "seller_dealer_id", "brand_ids", "date_start", "date_end",
    "notice_days", "parent_sees_documents", "terms", "signed_file",
}  # fmt: skip
#: Agreements handled in one transaction of a cron.
BATCH = 200


class DealerAgreement(models.Model):
    """The contract between the OEM, or an importer as the seller, and a dealer.

    While it runs, it decides from whom the dealer buys and whether the dealer above sees its
    documents.
    """

    _name = "dealer.agreement"
    _description = "Dealer agreement"
    _inherit = [
        "dealer.two.party.mixin",
        "dealer.signed.file.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_start desc, name desc, id desc"
    _rec_names_search = ["name", "dealer_id.name", "dealer_id.code"]
    _upstream_party = "oem_company_id"  # the OEM is a party to it, whoever sells

    name = fields.Char("Number", readonly=True, copy=False, index="trigram", default="")
    active = fields.Boolean(default=True)
    dealer_id = fields.Many2one(tracking=True)
    type_id = fields.Many2one(
        "dealer.agreement.type", required=True, index=True, ondelete="restrict", tracking=True
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        index=True,
        copy=False,
        tracking=True,
        readonly=True,
        group_expand=True,
    )
    seller = fields.Selection(
        [("oem", "OEM"), ("importer", "Importer")],
        required=True,
        default="oem",
        tracking=True,
        help="From whom the dealer buys while the agreement runs.",
    )
    seller_dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Importer",
        compute="_compute_seller_dealer_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('id', 'parent_of', dealer_id), ('id', '!=', dealer_id)]",
    )
    seller_company_id = fields.Many2one(
        "res.company",
        string="Seller's company",
        compute="_compute_seller_company_id",
        store=True,
        precompute=True,
        index=True,
        compute_sudo=True,
    )
    parent_sees_documents = fields.Boolean(
        "Parent sees documents",
        tracking=True,
        help="While the agreement runs, the dealer above reads this dealer's network documents.",
    )
    brand_ids = fields.Many2many(
        "dealer.brand", string="Brands", help="Empty: all brands of the OEM."
    )
    responsible_id = fields.Many2one(
        "res.users",
        compute="_compute_responsible_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        domain="[('share', '=', False)]",
        help="Gets the reminders; the area manager unless another is named.",
    )
    date_start = fields.Date("Start", tracking=True)
    date_end = fields.Date(
        "End",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Last day. Empty: until it is terminated.",
    )
    notice_days = fields.Integer(
        "Notice (days)",
        compute="_compute_from_type",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    date_notice = fields.Date(
        "Give notice by",
        compute="_compute_date_notice",
        store=True,
        help="Last day to give notice before the end.",
    )
    date_review = fields.Date(
        "Review on",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    reminder_days = fields.Integer(
        "Reminder (days)",
        compute="_compute_from_type",
        store=True,
        readonly=False,
        precompute=True,
        help="How long before the notice date and the review a reminder appears.",
    )
    renewal_months = fields.Integer(
        "Tacit renewal (months)",
        compute="_compute_from_type",
        store=True,
        readonly=False,
        precompute=True,
    )
    terms = fields.Html(compute="_compute_from_type", store=True, readonly=False, precompute=True)
    notice_given = fields.Boolean(
        copy=False,
        readonly=True,
        tracking=True,
        help="One party has given notice: the agreement ends on its last day.",
    )
    date_sent = fields.Date("Sent on", readonly=True, copy=False)
    date_signed = fields.Date("Signed on", copy=False, tracking=True)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    close_reason = fields.Char(
        "Reason of the end", copy=False, tracking=True, groups="dealer_network.group_network_user"
    )
    previous_id = fields.Many2one(
        "dealer.agreement", string="Renews", readonly=True, copy=False, index="btree_not_null"
    )
    notice_reminded = fields.Date(readonly=True, copy=False)
    review_reminded = fields.Date(readonly=True, copy=False)
    amendment_ids = fields.One2many("dealer.agreement.amendment", "agreement_id")
    authorisation_ids = fields.One2many("dealer.authorisation", "agreement_id")
    authorisation_count = fields.Integer(compute="_compute_authorisation_count")

    _name_uniq = models.UniqueIndex("(name) WHERE name <> ''", "Another agreement has this number.")
    _dates_check = models.Constraint(
        "CHECK (date_end IS NULL OR date_start <= date_end)",
        "An agreement must end after it starts.",
    )
    _numbers_check = models.Constraint(
        "CHECK (notice_days >= 0 AND reminder_days >= 0 AND renewal_months >= 0)",
        "Notice, reminder and renewal of an agreement cannot be negative.",
    )
    _dealer_state_idx = models.Index("(dealer_id, state)")
    _due_idx = models.Index("(state, date_end) WHERE state IN ('signed', 'running')")

    @api.constrains("seller", "seller_dealer_id")
    def _check_seller(self):
        for agreement in self.filtered(lambda a: a.seller == "importer"):
            if not agreement.seller_dealer_id:
                raise ValidationError(
                    self.env._(
                        "Agreement %(number)s: name the importer who sells to %(dealer)s, or let"
                        " the OEM sell.",
                        number=agreement.display_name,
                        dealer=agreement.dealer_id.display_name,
                    )
                )

    @api.depends("dealer_id", "seller")
    def _compute_seller_dealer_id(self):
        importer = self.env.ref("dealer_network.type_importer", raise_if_not_found=False)
        for agreement in self:
            above = agreement.dealer_id.parent_id
            while above and importer and above.type_id != importer:
                above = above.parent_id
            agreement.seller_dealer_id = above if agreement.seller == "importer" else False

    @api.depends("seller", "seller_dealer_id.company_id", "dealer_id.oem_company_id")
    def _compute_seller_company_id(self):
        for agreement in self:
            if agreement.seller == "importer":
                agreement.seller_company_id = agreement.seller_dealer_id.company_id
            else:
                agreement.seller_company_id = agreement.dealer_id.oem_company_id

    @api.depends("dealer_id")
    def _compute_responsible_id(self):
        for agreement in self:
            agreement.responsible_id = agreement.dealer_id.area_manager_id or self.env.user

    @api.depends("type_id", "date_start")
    def _compute_dates(self):
        for agreement in self:
            kind = agreement.type_id
            agreement.date_end = kind._last_day(agreement.date_start, kind.duration_months)
            agreement.date_review = kind._last_day(agreement.date_start, kind.review_months)

    @api.depends("type_id")
    def _compute_from_type(self):
        for agreement in self:
            kind = agreement.type_id.with_context(lang=agreement.dealer_id.lang)
            agreement.notice_days = kind.notice_days
            agreement.reminder_days = kind.reminder_days
            agreement.renewal_months = kind.renewal_months
            agreement.terms = kind.terms

    @api.depends("date_end", "notice_days")
    def _compute_date_notice(self):
        for agreement in self:
            end = agreement.date_end
            agreement.date_notice = end and end - relativedelta(days=agreement.notice_days)

    @api.depends("name", "dealer_id")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = " ".join(
                filter(None, (agreement.name, agreement.dealer_id.name))
            )

    @api.depends("authorisation_ids")
    @api.depends_context("uid")
    def _compute_authorisation_count(self):
        groups = self.env["dealer.authorisation"]._read_group(
            [("agreement_id", "in", self.ids)], ["agreement_id"], ["__count"]
        )
        counts = {agreement.id: count for agreement, count in groups}
        for agreement in self:
            agreement.authorisation_count = counts.get(agreement.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = vals.get("name") or self.env["ir.sequence"].next_by_code(self._name)
        return super().create(vals_list)

    def write(self, vals):
        self._check_signed_fields(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        kept = self.filtered(lambda agreement: agreement.state != "draft")
        if kept:
            raise UserError(
                self.env._(
                    "%(numbers)s: only a draft can be deleted. Terminate or archive the agreement.",
                    numbers=", ".join(kept.mapped("display_name")),
                )
            )

    # Buttons

    def action_send(self):
        """Note that the agreement went to the dealer, and open a mail with its summary."""
        self._move("sent", date_sent=fields.Date.context_today(self))
        if len(self) != 1:
            return True
        template = self.env.ref("dealer_agreement.mail_template_agreement", False)
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id if template else False,
                "default_composition_mode": "comment",
                "force_email": True,
            },
        }

    def action_draft(self):
        """Take the agreement back to change it; the signature is void then."""
        self._move("draft", date_sent=False, date_signed=False)
        return True

    def action_sign(self):
        """Note that both parties have signed; starts at once when its first day has come."""
        for agreement in self:
            agreement._check_ready_to_sign()
            agreement._move(
                "signed", date_signed=agreement.date_signed or fields.Date.context_today(self)
            )
        today = fields.Date.context_today(self)
        self.filtered(lambda agreement: agreement.date_start <= today)._start()
        return True

    def action_give_notice(self):
        """Note that a party gave notice: no tacit renewal, the agreement ends on its last day."""
        for agreement in self:
            if agreement.state != "running" or not agreement.date_end:
                raise UserError(
                    self.env._(
                        "%(number)s: notice is given for a running agreement with a last day."
                        " Terminate the agreement, or set its last day by an amendment.",
                        number=agreement.display_name,
                    )
                )
        self.notice_given = True
        return True

    def action_terminate(self, reason=None):
        """End the agreements today.

        :param str reason: needed here or in ``close_reason``
        """
        for agreement in self:
            why = reason or agreement.close_reason
            if not why:
                raise UserError(
                    self.env._(
                        "%(number)s: write the reason of the end before you terminate it.",
                        number=agreement.display_name,
                    )
                )
            agreement.close_reason = why
        self._close("terminated")
        return True

    def action_renew(self):
        """Draft the agreement that follows, from the day after the last."""
        self.ensure_one()
        start = (self.date_end or fields.Date.context_today(self)) + relativedelta(days=1)
        follower = self.copy(
            {
                "previous_id": self.id,
                "date_start": start,
                "date_end": self.type_id._last_day(start, self.type_id.duration_months),
                "date_review": self.type_id._last_day(start, self.type_id.review_months),
                "brand_ids": [fields.Command.set(self.brand_ids.ids)],
            }
        )
        return follower.get_formview_action()

    def action_view_authorisations(self):
        """Open what the agreement authorises the dealer to do."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_agreement.dealer_authorisation_action"
        )
        action["domain"] = [("agreement_id", "=", self.id)]
        action["context"] = {"default_agreement_id": self.id}
        return action

    # Life of the agreement

    def _move(self, state, **vals):
        """Bring the agreements to a state, if that is the way.

        :raise UserError: the state does not follow from the present one
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for agreement in self:
            if state not in TRANSITIONS[agreement.state]:
                raise UserError(
                    self.env._(
                        "%(number)s is %(old)s and cannot become %(new)s.",
                        number=agreement.display_name,
                        old=labels[agreement.state],
                        new=labels[state],
                    )
                )
        super().write({"state": state, **vals})

    def _start(self):
        """Let signed agreements run."""
        for agreement in self.filtered(lambda a: not a.seller_company_id):
            raise UserError(
                self.env._(
                    "%(number)s: %(importer)s sells to the dealer but has no company here yet."
                    " Provision the importer first.",
                    number=agreement.display_name,
                    importer=agreement.seller_dealer_id.display_name,
                )
            )
        self._move("running")
        for agreement in self.filtered("previous_id"):
            agreement._take_over_authorisations()
        self._apply_to_dealers()

    def _take_over_authorisations(self):
        """What the agreement before authorised goes on under this one, as far as it covers the
        brands: with its dates, checks and suspensions."""
        # sudo: it follows from the agreement, as the dealer's seller does
        earlier = self.sudo().previous_id.authorisation_ids.filtered(
            lambda line: (
                line.dealer_id == self.dealer_id
                and (not line.date_to or line.date_to >= self.date_start)
                and (not self.brand_ids or line.brand_id in self.brand_ids)
            )
        )
        earlier.write({"agreement_id": self.id})

    def _close(self, state):
        self._move(state, date_closed=fields.Date.context_today(self))
        self._apply_to_dealers()

    def _apply_to_dealers(self):
        """Let the running agreements decide who sells to the dealers and whether the dealer above
        sees their documents; then see what the dealers are still authorised to do."""
        dealers = self.sudo().dealer_id
        running = self.sudo().search(
            [("dealer_id", "in", dealers.ids), ("state", "=", "running")],
            order="date_start desc, id desc",
        )
        by_dealer = running.grouped("dealer_id")
        for dealer in dealers:
            agreements = by_dealer.get(dealer, running.browse())
            vals = {"share_with_parent": any(agreements.mapped("parent_sees_documents"))}
            if agreements:
                vals["network_company_id"] = agreements[0].seller_company_id.id
            changed = {
                name: value
                for name, value in vals.items()
                if dealer._fields[name].convert_to_write(dealer[name], dealer) != value
            }
            if changed:
                dealer.write(changed)
        self.sudo().authorisation_ids._check()

    def _check_ready_to_sign(self):
        lacking = [
            self._fields[name]._description_string(self.env)
            for name in ("date_start", "signed_file")
            if not self[name]
        ]
        if lacking:
            raise UserError(
                self.env._(
                    "%(number)s cannot be signed yet: fill in %(fields)s.",
                    number=self.display_name,
                    fields=", ".join(lacking),
                )
            )

    def _check_signed_fields(self, vals):
        touched = SIGNED_FIELDS & vals.keys()
        signed = self.filtered(lambda agreement: agreement.state not in ("draft", "sent"))
        if touched and signed:
            raise UserError(
                self.env._(
                    "%(number)s is signed: %(fields)s can only change by an amendment.",
                    number=signed[0].display_name,
                    fields=", ".join(
                        self._fields[name]._description_string(self.env) for name in sorted(touched)
                    ),
                )
            )

    def _amend(self, vals):
        """Write signed fields on the strength of an amendment or a tacit renewal."""
        super().write(vals)
        self._apply_to_dealers()

    # Crons

    @api.model
    def _cron_advance(self):
        """Start, renew, expire and remind what is due today."""
        self._in_batches(self._domain_due_to_start(), "_start_when_due")
        self._in_batches(self._domain_ended(), "_renew_or_expire")
        self._in_batches(self._domain_to_remind(), "_remind")

    @api.model
    def _in_batches(self, domain, method):
        """Call a method on what the domain finds, each batch in its own transaction."""
        due = self.search(domain)
        for start in range(0, len(due), BATCH):
            batch = due[start : start + BATCH]
            getattr(batch, method)()
            remaining = len(due) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                return

    @api.model
    def _domain_due_to_start(self):
        today = fields.Date.context_today(self)
        return Domain("state", "=", "signed") & Domain("date_start", "<=", today)

    @api.model
    def _domain_ended(self):
        today = fields.Date.context_today(self)
        return Domain("state", "=", "running") & Domain("date_end", "<", today)

    @api.model
    def _domain_to_remind(self):
        return Domain("state", "=", "running") & (
            Domain("date_notice", "!=", False) | Domain("date_review", "!=", False)
        )

    def _start_when_due(self):
        self.filtered("seller_company_id")._start()

    def _renew_or_expire(self):
        """An agreement with a signed follower ends: the follower takes its place."""
        followers = self.search(
            [("previous_id", "in", self.ids), ("state", "in", ("signed", "running"))]
        )
        renewable = self.filtered(lambda a: a.renewal_months and not a.notice_given)
        renewable -= followers.previous_id
        for agreement in renewable:
            agreement._renew_tacitly()
        (self - renewable)._close("expired")

    def _renew_tacitly(self):
        today = fields.Date.context_today(self)
        end = self.date_end
        while end < today:
            end += relativedelta(months=self.renewal_months)
        self._amend({"date_end": end})
        self.message_post(
            body=self.env._("Renewed without notice until %(end)s.", end=end),
        )

    def _remind(self):
        """Raise an activity for each notice date or review that comes near, once per date."""
        today = fields.Date.context_today(self)
        kinds = (
            ("date_notice", "notice_reminded", lambda env: env._("Renew or give notice")),
            ("date_review", "review_reminded", lambda env: env._("Review the agreement")),
        )
        vals_list = []
        for field, mark, say in kinds:
            due = self.filtered(lambda a, f=field, m=mark: a._is_due(a[f], a[m], today))
            vals_list += due._reminders(field, say)
            for day, agreements in due.grouped(field).items():
                agreements[mark] = day
        self.env["mail.activity"].create(vals_list)

    def _is_due(self, day, reminded, today):
        return day and day != reminded and day - relativedelta(days=self.reminder_days) <= today

    def _reminders(self, field, say):
        """Values of the activities, for the responsible or else the area manager.

        :param say: function of an environment in the reader's language
        """
        kind = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get(self._name)
        vals_list = []
        for agreement in self:
            reader = agreement.responsible_id or agreement.dealer_id.area_manager_id
            reader = reader or self.env.user
            vals_list.append(
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "summary": say(self.with_context(lang=reader.lang).env),
                    "date_deadline": agreement[field],
                    "res_model_id": model.id,
                    "res_id": agreement.id,
                    "user_id": reader.id,
                }
            )
        return vals_list
