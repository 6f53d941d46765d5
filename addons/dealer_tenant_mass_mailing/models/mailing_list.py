from odoo import models


class MailingList(models.Model):
    _name = "mailing.list"
    _inherit = ["mailing.list", "dealer.tenant.owned.mixin"]
