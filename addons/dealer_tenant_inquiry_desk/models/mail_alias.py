from odoo import models
from odoo.exceptions import UserError


class MailAlias(models.Model):
    _inherit = "mail.alias"

    def _check_unique(self, alias_names, alias_domains):
        """Stock names the record that has the address; for a dealer that may be a rival's."""
        if not self.env.user._is_tenant_user():
            return super()._check_unique(alias_names, alias_domains)
        try:
            return super()._check_unique(alias_names, alias_domains)
        except UserError as error:
            raise UserError(
                self.env._(
                    "The address %(name)s cannot be used: choose another one.",
                    name=", ".join(filter(None, alias_names)),
                )
            ) from error
