import re
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..parsers import template as reader
from ..parsers.mail import Mail, read_mail
from ..parsers.text import clean

#: Rows of the preview and the attributes of what was read.
SHOWN = ("name", "company", "vat", "subject", "text", "product", "city", "zip", "page", "agent")


class CrmInquiryTemplate(models.Model):
    """How mails of a kind are recognised and read: a form of the site, a chat transcript.

    Templates without a company are shipped for everybody and are read only for dealers; a copy is
    one's own.
    """

    _name = "crm.inquiry.template"
    _description = "Inquiry Template"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=15)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: False if self.env.su else self.env.company,
        help="Without a company it serves everybody.",
    )
    kind = fields.Selection(
        [("form", "Form"), ("chat", "Chat transcript")], required=True, default="form"
    )
    layout = fields.Selection(
        [("line", "Label: value"), ("block", "Label on a ruled line above its value")],
        required=True,
        default="line",
    )
    sender_pattern = fields.Char(
        help="Regular expression found in the sender's address; empty: any."
    )
    subject_pattern = fields.Char(help="Regular expression found in the subject; empty: any.")
    body_pattern = fields.Char(
        help="Regular expression found in the text; ^ is the beginning of a line."
    )
    key_pattern = fields.Char(
        help="Regular expression whose groups identify the request. The same request is then "
        "taken once, however often and by whatever channel it arrives."
    )
    key_prefix = fields.Char(help="Name of the source within that identity.")
    line_ids = fields.One2many(
        "crm.inquiry.template.line", "template_id", string="Labels", copy=True
    )
    sample = fields.Text(
        string="A mail to try", help="Paste the text of a mail: what is read appears beside it."
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.constrains("sender_pattern", "subject_pattern", "body_pattern", "key_pattern")
    def _check_patterns(self):
        for template in self:
            for name in ("sender_pattern", "subject_pattern", "body_pattern", "key_pattern"):
                if fault := reader.fault_of(template[name]):
                    raise ValidationError(
                        self.env._(
                            "“%(pattern)s” cannot be used as a pattern: %(fault)s",
                            pattern=template[name],
                            fault=fault,
                        )
                    )
            if not (template.sender_pattern or template.subject_pattern or template.body_pattern):
                raise ValidationError(
                    self.env._(
                        "Say by which sender, subject or text mails of “%(name)s” are known.",
                        name=template.name,
                    )
                )

    @api.depends(
        "sample",
        "kind",
        "layout",
        "sender_pattern",
        "subject_pattern",
        "body_pattern",
        "key_pattern",
        "key_prefix",
        "line_ids.field",
        "line_ids.labels",
    )
    @api.depends_context("lang", "company")
    def _compute_preview(self):
        for template in self:
            template.preview = template._preview() if (template.sample or "").strip() else False

    def _preview(self):
        """Return what would be read from the sample, as a table."""
        company = self.company_id or self.env.company
        mail, specification = self._sample_mail(), self._specification()
        parsed = reader.read(
            specification, mail.text, mail.html, company.country_id.code, company._inquiry_own()
        )
        rows = [row for row in self._preview_rows(parsed) if row[1]] + list(parsed.extra.items())
        values = {
            "rows": rows,
            "recognised": self._recognised(mail, specification),
            "understood": parsed.understood,
            "missing": self._missing(parsed),
        }
        return self.env["ir.qweb"]._render("inquiry_desk.template_preview", values)

    def _sample_mail(self):
        """Return the sample as a mail: its source with headers, or only the text of one."""
        if re.match(r"(?:[A-Za-z-]+: .*\n(?:[ \t].*\n)*)+\n", self.sample.replace("\r\n", "\n")):
            mail = read_mail(self.sample.encode())
            if mail.sender and not mail.broken:
                return mail
        return Mail(text=clean(self.sample))

    def _recognised(self, mail, specification):
        """Whether mails like the sample come to this template; "unknown" without its headers."""
        if not mail.sender and (self.sender_pattern or self.subject_pattern):
            body = replace(specification, sender="", subject="")
            fits = not body.body or reader.matches(body, "", "", mail.body)
            return "unknown" if fits else "no"
        fits = reader.matches(specification, mail.sender, mail.subject, f"{mail.body}\n{mail.text}")
        return "yes" if fits else "no"

    def _preview_rows(self, parsed):
        fields = self.env["crm.inquiry"]._fields
        label = {
            name: fields[{"name": "contact_name", "company": "company_name"}.get(name, name)]
            for name in SHOWN
        }
        return [
            *((label[name]._description_string(self.env), getattr(parsed, name)) for name in SHOWN),
            (self.env._("Telephone"), ", ".join(phone.number for phone in parsed.phones)),
            (self.env._("Mail address"), ", ".join(parsed.emails)),
            (self.env._("Utterances"), len(parsed.chat) or ""),
            (self.env._("Identity"), parsed.key),
        ]

    def _missing(self, parsed):
        """Return labels' fields of which the sample gave nothing."""
        attribute = {"phone": "phones", "email": "emails", "message": "text"}
        named = dict(
            self.env["crm.inquiry.template.line"]._fields["field"]._description_selection(self.env)
        )
        asked = [
            line.field
            for line in self.line_ids
            if line.field in ("name", "phone", "email", "message", "company")
        ]
        return [named[field] for field in asked if not getattr(parsed, attribute.get(field, field))]

    def _specification(self):
        """Return the template as the reader takes it."""
        self.ensure_one()
        labels = [(line.field, line._labels()) for line in self.line_ids if line.field]
        return reader.Template(
            name=self.name or "",
            kind=self.kind,
            layout=self.layout,
            sender=self.sender_pattern or "",
            subject=self.subject_pattern or "",
            body=self.body_pattern or "",
            labels=tuple(labels),
            key=self.key_pattern or "",
            prefix=self.key_prefix or "",
        )
