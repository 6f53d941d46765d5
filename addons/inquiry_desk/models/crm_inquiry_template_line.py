from odoo import fields, models


class CrmInquiryTemplateLine(models.Model):
    """The labels that announce one field in a kind of mail."""

    _name = "crm.inquiry.template.line"
    _description = "Labels of an Inquiry Template"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "crm.inquiry.template", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    field = fields.Selection(
        [
            ("name", "Contact Name"),
            ("contact", "Name and mail address"),
            ("phone", "Telephone"),
            ("email", "Mail address"),
            ("company", "Company"),
            ("vat", "Tax number"),
            ("subject", "Subject"),
            ("message", "Message, to the end"),
            ("product", "Product"),
            ("page", "Page of the site"),
            ("utm", "Campaign marks"),
            ("form", "Name of the form"),
            ("agent", "Our agent in the chat"),
            ("city", "City"),
            ("zip", "Postal code"),
            ("ip", "Network address"),
            ("visitor", "Heading with the visitor"),
            ("anonymous", "Word for a visitor without a name"),
            ("stop", "End of the fields"),
        ],
        required=True,
    )
    labels = fields.Char(
        required=True, help="Separated by semicolons, in every language the mails come in."
    )

    def _labels(self):
        self.ensure_one()
        return tuple(label.strip() for label in (self.labels or "").split(";") if label.strip())
