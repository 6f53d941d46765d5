from odoo import api, fields, models
from odoo.exceptions import AccessError

MANAGER = "equipment_certification.group_certification_manager"


class CertificationOwnedMixin(models.AbstractModel):
    """A record of one company, or shared with every company of the region.

    What is shared opens the gate for everybody: only the certification manager shares, and
    changes what is shared. Record rules see a record before it is changed, so giving the company
    away is checked here.
    """

    _name = "certification.owned.mixin"
    _description = "Of a company or shared"

    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        ondelete="restrict",
        help="Empty: shared, every company of the region reads it.",
    )
    may_change = fields.Boolean(
        compute="_compute_may_change", help="Whether the user may do more than read it."
    )

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_may_change(self):
        """What is shared is read by many and changed by few: the others get no buttons."""
        changeable = self._origin._filtered_access("write")
        for record in self:
            record.may_change = not record._origin or record._origin in changeable

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_may_share()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            self._check_may_share()
        return result

    def _message_get_suggested_recipients_batch(self, **options):
        """Who only reads what is shared writes to nobody: its followers are another company's."""
        answers = {record_id: [] for record_id in self.ids}
        changeable = self._filtered_access("write")
        if changeable:
            suggest = super(CertificationOwnedMixin, changeable)
            answers.update(suggest._message_get_suggested_recipients_batch(**options))
        return answers

    def _check_may_share(self):
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        for record in self.filtered(lambda record: not record.company_id):
            raise AccessError(
                self.env._(
                    "%(record)s would be shared with every company: ask the certification"
                    " manager to do it.",
                    record=record.display_name,
                )
            )
