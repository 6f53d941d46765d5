from odoo import api, fields, models


class MikoExtension(models.Model):
    """A colleague's telephone: extension and mobile on an exchange."""

    _name = "miko.extension"
    _description = "Extension"
    _order = "number"
    _rec_names_search = ["number", "user_id"]
    _check_company_auto = True

    pbx_id = fields.Many2one("miko.pbx", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, index=True)
    number = fields.Char(string="Extension", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    mobile = fields.Char(help="The exchange rings it for this colleague; calls with it are his.")

    _number_uniq = models.Constraint(
        "UNIQUE(pbx_id, number)", "This extension is somebody's already."
    )

    @api.depends("number", "user_id.name")
    def _compute_display_name(self):
        for extension in self:
            extension.display_name = " ".join(
                filter(None, [extension.number, extension.sudo().user_id.name])
            )

    @api.model
    def _mine(self, pbx=None):
        """Return the extension of the current user in his current company, else in another.

        :param pbx: the one exchange at which it is wanted
        """
        own = self._all_mine().filtered(lambda extension: not pbx or extension.pbx_id == pbx)
        return own.sorted(lambda extension: extension.company_id != self.env.company)[:1]

    @api.model
    def _all_mine(self):
        """Return the extensions of the current user, also at several exchanges."""
        domain = [("user_id", "=", self.env.uid), ("pbx_id.active", "=", True)]
        return self.sudo().search([*domain, ("company_id", "in", self.env.companies.ids)])
