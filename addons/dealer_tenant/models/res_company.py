from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    network_company_id = fields.Many2one(
        "res.company",
        string="Upstream company",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
        help="Set on the tenant of a dealer: the company it trades with in the network, "
        "the OEM's or its importer's.",
    )

    def install_l10n_modules(self):
        """A dealer's country must not install modules while the region is at work.

        Stock installs the accounting of the country of every company made,
        reloading the registry under the running jobs. A region chooses its
        modules itself (``config/regions``).
        """
        return super(
            ResCompany, self.filtered(lambda company: not company.network_company_id)
        ).install_l10n_modules()
