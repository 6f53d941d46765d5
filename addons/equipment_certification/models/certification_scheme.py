from odoo import fields, models


class CertificationScheme(models.Model):
    """A kind of certificate: what is tested and how long the proof holds.

    Without a company it is the OEM's, and every company of the region reads it.
    """

    _name = "certification.scheme"
    _description = "Certification scheme"
    _inherit = "certification.owned.mixin"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    validity_months = fields.Integer(
        "Validity (months)", default=24, help="Proposed for new certificates. 0: no last day."
    )
    reminder_days = fields.Integer(
        "First reminder (days)",
        default=90,
        help="How long before its last day a certificate is to be renewed.",
    )
    reminder_repeat_days = fields.Integer(
        "Repeat every (days)", default=30, help="Until the certificate is renewed. 0: once."
    )
    parameter_ids = fields.One2many("certification.scheme.parameter", "scheme_id", copy=True)
    requirement_ids = fields.One2many("certification.requirement", "scheme_id")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another certification scheme has this code."
    )
    _numbers_check = models.Constraint(
        "CHECK (validity_months >= 0 AND reminder_days >= 0 AND reminder_repeat_days >= 0)",
        "Validity and reminders of a certification scheme cannot be negative.",
    )
