import secrets
from operator import itemgetter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

STATES = [
    ("draft", "Draft"),
    ("valid", "In force"),
    ("suspended", "Suspended"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
]
#: States in which a certificate no longer counts, for a reason that is told.
STOPPED = ("suspended", "withdrawn")
#: What stands on the paper: settled once the certificate is in force.
ISSUED_FIELDS = {
    "name", "scheme_id", "body_id", "scope_ids", "date_issue", "date_from", "date_to", "file",
    "application_id",
}  # fmt: skip
#: Characters of the code in the public address: 128 bits, as secrets.token_urlsafe(16) writes.
CODE_LENGTH = 22


class CertificationCertificate(models.Model):
    """The proof by a body that equipment meets a scheme.

    Without a company it is the OEM's and shared: it opens the gate of every company for the
    equipment in its scope. Otherwise it counts in its own company alone. Each certificate stands
    for itself: where several cover a machine, one in force is enough.
    """

    _name = "certification.certificate"
    _description = "Certificate"
    _inherit = [
        "certification.owned.mixin",
        "equipment.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _state_ways = {
        "draft": {"valid"},
        "valid": {"draft", "suspended", "expired", "withdrawn"},
        "suspended": {"valid", "expired", "withdrawn"},
        "expired": set(),
        "withdrawn": set(),
    }
    _state_groups = {"draft": "equipment_certification.group_certification_manager"}
    _rec_names_search = ["name", "scope_ids.serial_key"]

    name = fields.Char(
        "Number", index="trigram", copy=False, tracking=True, help="As the body has given it."
    )
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        domain="[('share', '=', False)]",
        help="Is reminded to renew the certificate.",
    )
    scheme_id = fields.Many2one(
        "certification.scheme",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        check_company=True,
    )
    body_id = fields.Many2one(
        "certification.body",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        check_company=True,
    )
    application_id = fields.Many2one(
        "certification.application",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        domain="[('scheme_id', '=', scheme_id), ('state', 'in', ('passed', 'certified'))]",
    )
    scope_ids = fields.One2many("certification.scope", "certificate_id", copy=True)
    scope_text = fields.Char("Covers", compute="_compute_scope_text")
    product_tmpl_ids = fields.Many2many(
        "product.template", string="Models", compute="_compute_product_tmpl_ids"
    )
    date_issue = fields.Date(
        "Issued on", default=fields.Date.context_today, copy=False, tracking=True
    )
    date_from = fields.Date(
        "Valid from",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
    )
    date_to = fields.Date(
        "Valid until",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
        help="Last day. Empty: until it is withdrawn.",
    )
    file = fields.Binary(attachment=True, copy=False, help="The certificate as the body sent it.")
    filename = fields.Char(copy=False)
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        index=True,
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    stop_reason = fields.Char("Reason", readonly=True, copy=False, tracking=True)
    stop_date = fields.Date("Stopped on", readonly=True, copy=False)
    date_remind = fields.Date(
        "Next reminder", readonly=True, copy=False, help="Empty: nobody is to be reminded."
    )
    previous_id = fields.Many2one(
        "certification.certificate",
        string="Renews",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('scheme_id', '=', scheme_id), ('state', '!=', 'draft')]",
    )
    next_ids = fields.One2many("certification.certificate", "previous_id", string="Renewed by")
    overlap_ids = fields.Many2many(
        "certification.certificate",
        string="Others in force",
        compute="_compute_overlap_ids",
        help="Certificates of the same scheme that cover some of the same equipment at the same"
        " time.",
    )
    code = fields.Char(readonly=True, copy=False, help="Secret part of the address in the QR code.")
    verification_url = fields.Char(compute="_compute_verification_url")
    move_line_ids = fields.Many2many(
        "stock.move.line",
        "certification_certificate_move_line_rel",
        "certificate_id",
        "move_line_id",
        string="Delivered under it",
        readonly=True,
        copy=False,
        groups="stock.group_stock_user",
    )
    delivery_count = fields.Integer(
        compute="_compute_delivery_count", groups="stock.group_stock_user"
    )

    _name_uniq = models.UniqueIndex(
        "(body_id, name, COALESCE(company_id, 0)) WHERE name IS NOT NULL",
        "A certificate of this body with this number exists already.",
    )
    _code_uniq = models.UniqueIndex("(code)", "Two certificates have the same code.")
    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A certificate must end after it starts.",
    )
    _issue_check = models.Constraint(
        "CHECK (state = 'draft' OR (name IS NOT NULL AND date_issue IS NOT NULL"
        " AND date_from IS NOT NULL))",
        "A certificate in force has a number, a day of issue and a first day.",
    )

    @api.depends(
        "scope_ids.product_tmpl_id",
        "scope_ids.kind",
        "scope_ids.serial_from",
        "scope_ids.serial_to",
    )
    @api.depends_context("lang")
    def _compute_scope_text(self):
        for certificate in self:
            words = certificate.scope_ids[:3].mapped("display_name")
            more = len(certificate.scope_ids) - len(words)
            if more:
                words.append(self.env._("%(count)s more", count=more))
            certificate.scope_text = "; ".join(words)

    @api.depends("scope_ids.product_tmpl_id")
    def _compute_product_tmpl_ids(self):
        for certificate in self:
            certificate.product_tmpl_ids = certificate.scope_ids.product_tmpl_id

    @api.depends("date_issue")
    def _compute_date_from(self):
        for certificate in self:
            certificate.date_from = certificate.date_issue

    @api.depends("date_from", "scheme_id")
    def _compute_date_to(self):
        for certificate in self:
            months = certificate.scheme_id.validity_months
            start = certificate.date_from
            certificate.date_to = (
                start + relativedelta(months=months, days=-1) if start and months else False
            )

    @api.depends("scheme_id", "scope_ids", "date_from", "date_to", "state")
    def _compute_overlap_ids(self):
        for certificate in self:
            certificate.overlap_ids = certificate._overlapping()

    @api.depends("code")
    def _compute_verification_url(self):
        for certificate in self:
            certificate.verification_url = (
                f"{certificate.get_base_url()}/certificate/{certificate.code}"
                if certificate.code
                else False
            )

    @api.depends("move_line_ids")
    def _compute_delivery_count(self):
        for certificate in self:
            certificate.delivery_count = len(certificate.move_line_ids)

    @api.depends("name", "scheme_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for certificate in self:
            number = certificate.name or self.env._("Draft")
            certificate.display_name = f"{certificate.scheme_id.name or ''} {number}".strip()

    @api.constrains("application_id", "company_id")
    def _check_application_company(self):
        """A certificate made for one company is not slipped under another's application."""
        for certificate in self:
            owner = certificate.sudo().application_id.company_id
            if owner and certificate.company_id and owner != certificate.company_id:
                raise ValidationError(
                    self.env._(
                        "%(certificate)s: the application is of another company.",
                        certificate=certificate.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["code"] = secrets.token_urlsafe(16)
        return super().create(vals_list)

    def write(self, vals):
        self._check_issued_fields(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        kept = self.filtered(lambda certificate: certificate.state != "draft")
        if kept:
            raise UserError(
                self.env._(
                    "%(certificates)s: only a draft can be deleted. Withdraw the certificate.",
                    certificates=", ".join(kept.mapped("display_name")),
                )
            )

    # Buttons

    def action_validate(self):
        """Put the certificates in force.

        :raise ValidationError: something is missing, the body may not issue it, or the tests were
            not passed
        """
        self.write({"state": "valid"})
        return True

    def action_draft(self):
        """Take a certificate back to correct it, as long as nothing was delivered under it."""
        self.write({"state": "draft"})
        return True

    def action_suspend(self, reason):
        """Suspend the certificates: nothing is delivered under them until they are reinstated.

        :param str reason: what the body says
        """
        self.write({"state": "suspended", "stop_reason": (reason or "").strip()})
        return True

    def action_withdraw(self, reason):
        """Withdraw the certificates for good.

        :param str reason: what the body says
        """
        self.write({"state": "withdrawn", "stop_reason": (reason or "").strip()})
        return True

    def action_reinstate(self):
        """Put suspended certificates in force again."""
        self.write({"state": "valid", "stop_reason": False, "stop_date": False})
        return True

    def action_renew(self):
        """Open the applications by which the certificate is renewed: one for each that it needs."""
        self.ensure_one()
        proposals = self._renewal_proposals()
        if not proposals:
            raise UserError(
                self.env._("%(certificate)s covers nothing.", certificate=self.display_name)
            )
        if len(proposals) > 1:
            return self._action_renewals(proposals)
        return {
            "type": "ir.actions.act_window",
            "res_model": "certification.application",
            "view_mode": "form",
            "context": {f"default_{name}": value for name, value in proposals[0].items()},
        }

    def action_share(self):
        """Share the certificates with every company: they open the gate of all.

        :raise ValidationError: scheme, body or models are of one company
        """
        self.company_id = False
        return True

    def action_view_deliveries(self):
        """Open what was delivered under the certificate."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivered under %(number)s", number=self.name),
            "res_model": "stock.move.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self.move_line_ids.ids)],
        }

    def action_open_verification(self):
        """Open the page that the QR code leads to."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.verification_url, "target": "new"}

    # Life of the certificate

    def _check_way(self, vals):
        super()._check_way(vals)
        if vals["state"] == "valid":
            for certificate in self.filtered(lambda one: one.state == "draft"):
                certificate._check_ready()
        elif vals["state"] == "draft":
            self._check_nothing_rests_on_it()
        elif vals["state"] in STOPPED and not (vals.get("stop_reason") or "").strip():
            raise UserError(self.env._("Say why the certificate no longer counts."))

    def _arrive(self, state):
        super()._arrive(state)
        if state == "valid":
            for certificate in self:
                certificate.date_remind = certificate._first_reminder()
            applications = self.application_id
            applications.filtered(lambda a: a.state == "passed").write({"state": "certified"})
            applications.activity_unlink(["mail.mail_activity_data_todo"])
            self.previous_id._no_more_reminders()
        else:
            self.date_remind = False
        if state in STOPPED:
            self.stop_date = fields.Date.context_today(self)
            self.env["stock.picking"]._warn_without_certificate(self)

    def _check_nothing_rests_on_it(self):
        self.check_access("write")  # the refusal tells of deliveries of the whole firm
        for certificate in self.sudo():
            if certificate.move_line_ids:
                raise UserError(
                    self.env._(
                        "%(certificate)s: %(count)s deliveries rest on it. Withdraw it and enter"
                        " the right one.",
                        certificate=certificate.display_name,
                        count=len(certificate.move_line_ids),
                    )
                )

    def _check_ready(self):
        self.ensure_one()
        lacking = [
            self._fields[name]._description_string(self.env)
            for name in ("name", "date_issue", "date_from", "scope_ids", "file")
            if not self[name]
        ]
        if lacking:
            raise ValidationError(
                self.env._(
                    "%(certificate)s cannot be put in force yet: fill in %(fields)s.",
                    certificate=self.display_name,
                    fields=", ".join(lacking),
                )
            )
        self.body_id._check_accredited(self.scheme_id, self.date_issue)
        if self.application_id and self.application_id.state not in ("passed", "certified"):
            raise ValidationError(
                self.env._(
                    "%(certificate)s: application %(application)s has not passed its tests.",
                    certificate=self.display_name,
                    application=self.application_id.name,
                )
            )

    def _check_issued_fields(self, vals):
        touched = ISSUED_FIELDS & vals.keys()
        issued = self.filtered(lambda certificate: certificate.state != "draft")
        if touched and issued:
            raise UserError(
                self.env._(
                    "%(certificate)s is no draft: %(fields)s cannot change.",
                    certificate=issued[0].display_name,
                    fields=", ".join(
                        self._fields[name]._description_string(self.env) for name in sorted(touched)
                    ),
                )
            )

    def _renewal_proposals(self):
        """Return the values of the applications that renew all that the certificate covers.

        An application is for one model: its single serial numbers together, each range alone.
        """
        groups = self.scope_ids.grouped(
            lambda scope: (scope.product_tmpl_id, scope.kind, scope.kind == "range" and scope.id)
        )
        return [
            {
                "renews_id": self.id,
                "scheme_id": self.scheme_id.id,
                "body_id": self.body_id.id,
                "product_tmpl_id": scopes.product_tmpl_id.id,
                "scope_kind": kind,
                "serial_from": scopes[0].serial_from,
                "serial_to": scopes[0].serial_to,
                "lot_ids": self._own_lots(scopes).ids,
            }
            for (_product, kind, _range), scopes in groups.items()
        ]

    def _action_renewals(self, proposals):
        """Open the applications that renew the certificate, drafted where they are not there."""
        names = ("product_tmpl_id", "scope_kind", "serial_from", "serial_to")
        key = itemgetter(*names)
        applications = self.env["certification.application"].search(
            [("renews_id", "=", self.id), ("state", "!=", "cancelled")]
        )
        known = {key(values) for values in applications.read(names, load="")}
        applications |= applications.create(
            [
                {**vals, "lot_ids": [Command.set(vals["lot_ids"])]}
                for vals in proposals
                if key(vals) not in known
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_certification.certification_application_action"
        )
        return {**action, "domain": [("id", "in", applications.ids)], "context": {}}

    def _own_lots(self, scopes):
        """Return the lots of this company that scopes name one by one."""
        single = scopes.filtered(lambda scope: scope.kind == "serial")
        if not single:
            return self.env["stock.lot"]
        return self.env["stock.lot"].search(
            [
                ("product_id.product_tmpl_id", "in", single.product_tmpl_id.ids),
                ("name", "in", single.mapped("serial_from")),
            ]
        )

    def _overlapping(self):
        """Return the other certificates in force that cover some of the same equipment."""
        self.ensure_one()
        if not self._origin or self.state not in ("draft", "valid") or not self.date_from:
            return self.browse()
        last = self.date_to or fields.Date.to_date("9999-12-31")
        others = self.search(
            Domain("id", "!=", self._origin.id)
            & Domain("scheme_id", "=", self.scheme_id.id)
            & Domain("state", "=", "valid")
            & Domain("scope_ids.product_tmpl_id", "in", self.scope_ids.product_tmpl_id.ids)
            & Domain("date_from", "<=", last)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from)),
            limit=80,
        )
        return others.filtered(
            lambda other: any(
                mine._meets(theirs) for mine in self.scope_ids for theirs in other.scope_ids
            )
        )

    def _public_status(self, day=None):
        """Return what the public may know: whether the certificate counts today.

        :return: one of valid, future, expired, suspended, withdrawn, and unfounded where the body
            had no right to issue it
        """
        self.ensure_one()
        today = day or fields.Date.context_today(self)
        if self.state in ("suspended", "withdrawn"):
            return self.state
        if self.state == "expired" or (self.date_to and self.date_to < today):
            return "expired"
        if self.date_from > today:
            return "future"
        accredited = self.sudo().body_id._accredited_on(self.date_issue)
        return "valid" if self.scheme_id in accredited else "unfounded"

    @api.model
    def _find_by_code(self, code):
        """Return the certificate of a code from a public address, or none.

        :param str code: whatever somebody typed
        """
        if not isinstance(code, str) or len(code) != CODE_LENGTH:
            return self.browse()
        if not code.isascii() or not code.replace("-", "").replace("_", "").isalnum():
            return self.browse()
        return self.sudo().search(
            [("code", "=", code), ("state", "!=", "draft")], limit=1, order="id"
        )

    # Print

    def _report_company(self):
        """Return the company on whose paper the certificate is printed: the OEM's where shared."""
        self.ensure_one()
        return self.sudo().company_id or self.sudo().create_uid.company_id or self.env.company

    def _report_lang(self):
        return self._report_company().partner_id.lang or self.env.lang

    def _report_tests(self):
        """Return the last run of each test; who may read the certificate reads its results."""
        self.ensure_one()
        tests = self.sudo().application_id.test_ids.sorted("id")
        last = {test.name: test.id for test in tests}
        return tests.filtered(lambda test: test.id in last.values())
