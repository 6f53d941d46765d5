from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools import serial_number

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("testing", "In test"),
    ("passed", "Passed"),
    ("failed", "Failed"),
    ("certified", "Certified"),
    ("cancelled", "Cancelled"),
]
#: What the body was asked for: settled once it was asked.
SUBMITTED_FIELDS = {
    "scheme_id", "body_id", "company_id", "product_tmpl_id", "scope_kind", "lot_ids",
    "serial_from", "serial_to",
}  # fmt: skip


class CertificationApplication(models.Model):
    """The order to a body to test equipment and certify it."""

    _name = "certification.application"
    _description = "Application for certification"
    _inherit = ["equipment.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _state_ways = {
        "draft": {"submitted", "cancelled"},
        "submitted": {"draft", "testing", "cancelled"},
        "testing": {"passed", "failed", "cancelled"},
        "failed": {"testing", "passed", "cancelled"},
        "passed": {"certified", "cancelled"},
        "certified": set(),
        "cancelled": {"draft"},
    }

    name = fields.Char("Number", readonly=True, copy=False, default="", index="trigram")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        domain="[('share', '=', False)]",
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
        domain="[('scheme_ids', 'in', scheme_id)]",
        help="Bodies that are accredited for the scheme today.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Model",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('equipment_type_id', '!=', False)]",
    )
    scope_kind = fields.Selection(
        [("serial", "Serial numbers"), ("range", "Serial range"), ("model", "Whole model")],
        string="For",
        required=True,
        default="serial",
    )
    lot_ids = fields.Many2many(
        "stock.lot",
        string="Serial numbers",
        check_company=True,
        domain="[('product_id.product_tmpl_id', '=', product_tmpl_id)]",
    )
    serial_from = fields.Char("First serial number")
    serial_to = fields.Char("Last serial number")
    scope_text = fields.Char("Scope", compute="_compute_scope_text")
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    date_expected = fields.Date(
        "Certificate expected", tracking=True, help="Promised by the body; the deal waits for it."
    )
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
    test_ids = fields.One2many("certification.test", "application_id")
    certificate_ids = fields.One2many("certification.certificate", "application_id")
    certificate_count = fields.Integer(compute="_compute_certificate_count")
    renews_id = fields.Many2one(
        "certification.certificate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    note = fields.Html("Remarks")

    @api.depends("scope_kind", "lot_ids.name", "serial_from", "serial_to")
    @api.depends_context("lang")
    def _compute_scope_text(self):
        for application in self:
            if application.scope_kind == "model":
                application.scope_text = self.env._("whole model")
            elif application.scope_kind == "range":
                ends = (application.serial_from or "?", application.serial_to or "?")
                application.scope_text = " – ".join(ends)
            else:
                application.scope_text = ", ".join(application.lot_ids.mapped("name"))

    @api.depends("certificate_ids")
    def _compute_certificate_count(self):
        for application in self:
            application.certificate_count = len(application.certificate_ids)

    @api.onchange("product_tmpl_id")
    def _onchange_product_tmpl_id(self):
        self.lot_ids = self.lot_ids.filtered(
            lambda lot: lot.product_id.product_tmpl_id == self.product_tmpl_id
        )
        required = self.product_tmpl_id.certification_scheme_ids
        if required and self.scheme_id not in required:
            self.scheme_id = required[:1]

    @api.onchange("scheme_id")
    def _onchange_scheme_id(self):
        if self.scheme_id and self.scheme_id not in self.body_id.scheme_ids:
            bodies = self.env["certification.body"].search(
                [("scheme_ids", "in", self.scheme_id.ids)], limit=2
            )
            self.body_id = bodies if len(bodies) == 1 else False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = vals.get("name") or self.env["ir.sequence"].next_by_code(self._name)
        return super().create(vals_list)

    def write(self, vals):
        settled = self.filtered(lambda application: application.state != "draft")
        if settled and SUBMITTED_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "%(application)s is with the body: take it back to draft to change it.",
                    application=settled[0].name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        kept = self.filtered(lambda a: a.state not in ("draft", "cancelled") or a.certificate_ids)
        if kept:
            raise UserError(
                self.env._(
                    "%(applications)s: only a draft can be deleted. Cancel the application.",
                    applications=", ".join(kept.mapped("name")),
                )
            )

    # Buttons

    def action_submit(self):
        """Hand the applications in to their bodies.

        :raise ValidationError: the scope is empty, or the body may not certify by the scheme
        """
        self.write({"state": "submitted", "date_submitted": fields.Date.context_today(self)})
        return True

    def action_start_tests(self):
        """Begin the tests that the scheme asks for."""
        self.write({"state": "testing"})
        for application in self.filtered(lambda a: not a.test_ids):
            application.test_ids = application._planned_tests()
            if not application.test_ids:
                application.state = "passed"
        return True

    def action_create_certificate(self):
        """Open the certificate of a passed application, drafted with its scope."""
        self.ensure_one()
        if self.state not in ("passed", "certified"):
            raise UserError(
                self.env._(
                    "%(application)s has not passed its tests: there is nothing to certify.",
                    application=self.name,
                )
            )
        certificate = self.certificate_ids.filtered(lambda c: c.state == "draft")[:1]
        certificate = certificate or self.env["certification.certificate"].create(
            self._certificate_vals()
        )
        return certificate.get_formview_action()

    def action_cancel(self):
        """Give the applications up."""
        self.write({"state": "cancelled"})
        return True

    def action_draft(self):
        """Take the applications back from the body to change them."""
        self.write({"state": "draft", "date_submitted": False})
        return True

    def action_view_certificates(self):
        """Open the certificates that came of the application."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_certification.certification_certificate_action"
        )
        action["domain"] = [("application_id", "=", self.id)]
        action["context"] = {}
        return action

    # Life of the application

    def _check_way(self, vals):
        super()._check_way(vals)
        if vals["state"] == "submitted":
            today = fields.Date.context_today(self)
            for application in self:
                application._check_scope()
                application.body_id._check_accredited(application.scheme_id, today)
        elif vals["state"] in ("passed", "failed"):
            for application in self:
                application._check_verdict(vals["state"])

    def _check_verdict(self, state):
        """Tests are passed or failed by their results, nobody says so."""
        verdict = self._verdict()
        if verdict != state:
            raise UserError(
                self.env._(
                    "%(application)s: its tests say “%(verdict)s”.",
                    application=self.name,
                    verdict=self._state_label(verdict),
                )
            )

    def _verdict(self):
        """Return the state that the tests lead to: the last run of each decides."""
        last = {test.name: test.state for test in self.test_ids.sorted("id")}
        if "failed" in last.values():
            return "failed"
        # a scheme without tests: the papers are judged
        return "testing" if "open" in last.values() else "passed"

    def _check_scope(self):
        self.ensure_one()
        complete = {
            "model": True,
            "serial": bool(self.lot_ids),
            "range": serial_number.is_range(self.serial_from, self.serial_to),
        }
        if not complete[self.scope_kind]:
            raise ValidationError(
                self.env._(
                    "%(application)s: say which serial numbers of %(model)s are to be certified.",
                    application=self.name,
                    model=self.product_tmpl_id.display_name,
                )
            )

    def _planned_tests(self):
        """Return commands that make the tests of the scheme, in the language of the company."""
        scheme = self.scheme_id.with_context(lang=self.company_id.partner_id.lang)
        specimen = ", ".join(self.lot_ids.mapped("name")) or self.serial_from
        tests = scheme.parameter_ids.grouped("test_name")
        return [
            Command.create(
                {
                    "name": test_name,
                    "specimen": specimen,
                    "tester": self.body_id.name,
                    "line_ids": [Command.create(line._result_vals()) for line in parameters],
                }
            )
            for test_name, parameters in tests.items()
        ]

    def _settle(self):
        """Follow the tests, one of which was closed."""
        for application in self.filtered(lambda a: a.state in ("testing", "failed")):
            verdict = application._verdict()
            if verdict != application.state:
                application.state = verdict
                if verdict == "passed":
                    application._tell_passed()

    def _tell_passed(self):
        reader = self.user_id or self.env.user
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.with_context(lang=reader.lang).env._(
                "Tests passed: enter the certificate"
            ),
            user_id=reader.id,
        )

    def _reopen(self):
        self.filtered(lambda a: a.state == "failed").write({"state": "testing"})

    def _certificate_vals(self):
        return {
            "application_id": self.id,
            "company_id": self.company_id.id,
            "scheme_id": self.scheme_id.id,
            "body_id": self.body_id.id,
            "user_id": self.user_id.id,
            "previous_id": self.renews_id.id,
            "scope_ids": [Command.create(vals) for vals in self._scope_vals()],
        }

    def _scope_vals(self):
        scope = {"product_tmpl_id": self.product_tmpl_id.id, "kind": self.scope_kind}
        if self.scope_kind == "serial":
            return [{**scope, "serial_from": lot.name} for lot in self.lot_ids]
        if self.scope_kind == "range":
            return [{**scope, "serial_from": self.serial_from, "serial_to": self.serial_to}]
        return [scope]
