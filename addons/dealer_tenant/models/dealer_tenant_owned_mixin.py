from odoo import fields, models


class DealerTenantOwnedMixin(models.AbstractModel):
    """The company column for a stock model that has none.

    Dealers' records always carry it: the registry fills it (class *tenant*). Records
    without a company are the OEM's.
    """

    _name = "dealer.tenant.owned.mixin"
    _description = "Owned by a Company"

    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="restrict",
        help="The dealer to whom the record belongs. Without a company it is the OEM's.",
    )
