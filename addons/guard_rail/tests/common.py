from odoo.fields import Command

from odoo.addons.dealer_competence.tests.common import CompetenceCase


class GuardRailCase(CompetenceCase):
    """Deleting and archiving customers asks for a competence that one colleague holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._forget_rails)
        cls.env["guard.rail"].search([]).active = False
        cls.holder = cls._create_staff_user(cls.dealer_a, "role_head_of_sales", "t_holder_a")
        cls.person_holder = cls.env["dealer.person"].search([("user_id", "=", cls.holder.id)])
        for user in cls.seller_a | cls.seller_b | cls.principal_a | cls.holder:
            user.group_ids = [Command.link(cls.env.ref("base.group_partner_manager").id)]
        cls._gain(cls.person_holder, cls.offer)
        cls.rail = cls._rail("Deleting", "guard_rail.action_partner_unlink")
        cls.customer = cls._customer("Customer")

    @classmethod
    def _forget_rails(cls):
        """The patches are of the class in memory, not of the transaction."""
        cls.registry["guard.rail"]._unregister_hook(cls.env["guard.rail"])

    @classmethod
    def _rail(cls, name, action, **vals):
        return cls.env["guard.rail"].create(
            {
                "name": name,
                "action_id": cls.env.ref(action).id,
                "competence_id": cls.offer.id,
                "skill_level_id": cls.level_alone.id,
                **vals,
            }
        )

    @classmethod
    def _customer(cls, name, user=None, **vals):
        partners = cls.env["res.partner"].with_user(user or cls.seller_a)
        return partners.with_context(allowed_company_ids=None).create({"name": name, **vals})

    def _work_at_b(self):
        """The seller of A works at B as well, and sees its company."""
        self._second_job()
        self.seller_a.company_ids = [Command.link(self.dealer_b.company_id.id)]

    def _customer_of_b(self):
        company = self.dealer_b.company_id
        return self.env["res.partner"].create({"name": "Of B", "company_id": company.id})

    def _needs_tenancy(self):
        if "dealer.tenant.policy" not in self.env:
            self.skipTest("without tenancy a rival's customers and people are in sight")

    def _as(self, user, records):
        return records.with_user(user).with_context(allowed_company_ids=None)

    def _ask(self, user, records, rail=None, **vals):
        """Ask as the dialog does."""
        requests = self._as(user, self.env["guard.rail.request"])
        return requests.create(
            {
                "rail_id": (rail or self.rail).id,
                "res_ids": ",".join(str(record_id) for record_id in records.ids),
                "note": "Twice in the list",
                **vals,
            }
        )
