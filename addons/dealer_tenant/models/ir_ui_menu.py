from odoo import models

# Everybody's in stock Odoo: asking for further modules, and the builder of the OEM's website
OEM_APPS = ("base.menu_management", "website.menu_website_configuration")


class IrUiMenu(models.Model):
    """A dealer's people find their own work among the apps, not what only the OEM can use."""

    _inherit = "ir.ui.menu"

    def get_user_roots(self):
        # a page of the website lists the same apps as the web client, and fails on another
        return super().get_user_roots() - self.browse(self._load_menus_blacklist())

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        if self.env.user.has_group("dealer_network.group_dealer_user"):
            menus = (self.env.ref(xmlid, raise_if_not_found=False) for xmlid in OEM_APPS)
            hidden.extend(menu.id for menu in menus if menu)
        return hidden
