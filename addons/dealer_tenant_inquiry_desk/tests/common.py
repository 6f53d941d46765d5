from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


class TwoDesksCase(DealerTenantCase):
    """Two provisioned dealers with a desk each; their principals set up, their sellers answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.principal_a | cls.principal_b:
            cls._grant(user, "inquiry_desk.group_inquiry_manager", "base.group_partner_manager")
        for user in cls.seller_a | cls.seller_b:
            cls._grant(user, "sales_team.group_sale_salesman")
        (cls.company_a | cls.company_b).country_id = cls.env.ref("base.fr")
        cls.alias_domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env[
            "mail.alias.domain"
        ].create({"name": "region.example"})
        (cls.company_a | cls.company_b).alias_domain_id = cls.alias_domain
        (cls.dealer_a | cls.dealer_b)._provision_inquiry_desk()
        cls.mailbox_a, cls.mailbox_b = (
            cls._channel(company, "mail") for company in (cls.company_a, cls.company_b)
        )

    @classmethod
    def _channel(cls, company, kind):
        channels = cls.env["crm.inquiry.channel"].search([("company_id", "=", company.id)])
        return channels.filtered(lambda channel: channel.kind == kind)

    def _take(self, channel, **event):
        return self.env["crm.inquiry"]._receive({"channel": channel, "text": "A pump", **event})
