from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _inquiry_contact_companies(self):
        """A contact without a company is the OEM's: no dealer's desk matches it."""
        companies = super()._inquiry_contact_companies()
        if self.id in self._tenant_company_ids():
            return [company for company in companies if company]
        return companies
