from odoo import fields

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


class DealerAccessCase(DealerNetworkCase):
    """The network of the foundation, with a connected dealer beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connected = cls._create_dealer(
            "T-C", "Connected Dealer", "type_dealer", cls.importer, mode="connected"
        )
        cls.connected._provision_api_user()
        cls.api_user = cls.connected.api_user_id
        cls.principal_c = cls._create_staff_user(
            cls.connected, "role_principal", "t_principal_c", "dealer_network.group_dealer_manager"
        )
        cls.Events = cls.env["dealer.access.event"]

    @classmethod
    def _staff_of(cls, user):
        return cls.env["dealer.staff"].search([("user_id", "=", user.id)])

    @classmethod
    def _issue_key(cls, api_models=None, days=30, **vals):
        """Return (dealer.api.key, secret) of the connected dealer."""
        methods = api_models if api_models is not None else cls.env["dealer.api.model"]
        return cls.env["dealer.api.key"]._issue(
            cls.connected,
            vals.get("name", "ERP"),
            fields.Datetime.add(fields.Datetime.now(), days=days),
            methods,
        )

    def _events(self, event, **values):
        domain = [("event", "=", event)]
        domain += [(name, "=", value.id) for name, value in values.items()]
        return self.Events.search(domain)
