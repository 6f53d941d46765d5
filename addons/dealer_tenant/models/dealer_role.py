from odoo import fields, models


class DealerRole(models.Model):
    _inherit = "dealer.role"

    user_role_id = fields.Many2one(
        "res.users.role",
        string="Access role",
        index=True,
        ondelete="restrict",
        help="What the holders of this role may do at a dealer that works here in full mode. "
        "Capabilities add their own groups to it as they are installed.",
    )

    def _access_role(self, mode):
        """Role of base_user_role for a holder of this role.

        :param mode: working mode of the dealer; outside full mode nobody gets
            sales or stock groups, whatever the role
        :return: res.users.role, empty when the role opens no access
        """
        self.ensure_one()
        if mode == "full":
            return self.user_role_id
        xmlid = "user_role_light_manager" if self.is_principal else "user_role_light"
        return self.env.ref(f"dealer_tenant.{xmlid}")
