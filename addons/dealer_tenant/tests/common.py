from odoo.fields import Command

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


class DealerTenantCase(DealerNetworkCase):
    """The shared network, with a customer and a colleague on both sides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.seller_a | cls.seller_b:
            cls._grant(user, "base.group_partner_manager")
        cls.customer_a = cls._as(cls.seller_a, "res.partner").create(
            {"name": "Customer of A", "email": "buyer@customer-a.example"}
        )
        cls.customer_b = cls._as(cls.seller_b, "res.partner").create(
            {"name": "Customer of B", "email": "buyer@customer-b.example"}
        )
        cls.oem_customer = cls.env["res.partner"].create({"name": "Customer of the OEM"})

    @classmethod
    def _as(cls, user, model_name):
        """Return the model as the user sees it."""
        # the key has to go: stock code meets a list or nothing, never None
        context = {k: v for k, v in cls.env.context.items() if k != "allowed_company_ids"}
        model = cls.env[model_name].with_user(user)
        return model.with_context(context)  # pylint: disable=context-overridden

    @classmethod
    def _sees(cls, user, records):
        """Tell whether the user finds the records: by id, by name, and by reading."""
        mine = cls._as(user, records._name)
        return mine.search([("id", "in", records.ids)]) == records.with_user(user)

    @classmethod
    def _policy(cls, model_name):
        return cls.env["dealer.tenant.policy"].search([("model", "=", model_name)])

    @classmethod
    def _grant(cls, user, *xmlids):
        user.write({"group_ids": [Command.link(cls.env.ref(xmlid).id) for xmlid in xmlids]})
