"""Two firms with the standard process: people, customers, deals."""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user


class DealProcessCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Lead = cls.env["crm.lead"]
        cls.process = cls.env.ref("deal_process.process_standard")
        cls.version = cls.process.published_version_id
        cls.equipment = cls.env.ref("deal_process.need_kind_equipment")
        cls.installation = cls.env.ref("deal_process.need_kind_installation")
        cls.reason = cls.env["crm.lost.reason"].create({"name": "Too expensive"})
        cls.firm_a, cls.firm_b = cls.env["res.company"].create(
            [
                {
                    "name": name,
                    "country_id": cls.env.ref("base.fr").id,
                    "deal_process_id": cls.process.id,
                }
                for name in ("Firm A", "Firm B")
            ]
        )
        cls.seller = cls._make_user("seller_a", cls.firm_a, "sales_team.group_sale_salesman")
        cls.colleague = cls._make_user("other_a", cls.firm_a, "sales_team.group_sale_salesman")
        cls.head = cls._make_user("head_a", cls.firm_a, "deal_process.group_deal_head")
        cls.admin = cls._make_user("admin_a", cls.firm_a, "deal_process.group_deal_administrator")
        cls.rival = cls._make_user("head_b", cls.firm_b, "deal_process.group_deal_administrator")
        cls.team = cls.env["crm.team"].create(
            {
                "name": "Pumps",
                "company_id": cls.firm_a.id,
                "user_id": cls.head.id,
                "use_leads": True,
                "member_ids": [Command.set((cls.seller | cls.colleague).ids)],
            }
        )

    @classmethod
    def _keep_to_this_add_on(cls):
        """Take from the shipped version what add-ons beyond this one give it: they test it."""
        for model in ("deal.gate", "deal.document.type"):
            own = cls.env["ir.model.data"].search(
                [("module", "=", "deal_process"), ("model", "=", model)]
            )
            cls.env[model].search([("id", "not in", own.mapped("res_id"))]).active = False
        # nor do they say when the protocol is needed
        cls.env.ref("deal_process.document_protocol").code = "protocol_by_hand"

    @classmethod
    def _make_user(cls, login, firm, group):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,base.group_partner_manager,{group}",
            company_id=firm.id,
            company_ids=[Command.set(firm.ids)],
            email=f"{login}@firm.example",
            tz="UTC",
        )

    @classmethod
    def make_person(cls, **values):
        """Return a private person with all that a deal needs."""
        return cls.env["res.partner"].create(
            {
                "name": "Jeanne Petit",
                "phone": "+33240000001",
                "street": "1 rue du Port",
                "city": "Nantes",
                "country_id": cls.env.ref("base.fr").id,
                "company_id": cls.firm_a.id,
                **values,
            }
        )

    @classmethod
    def make_firm(cls, **values):
        """Return an organisation with all that a deal needs, its contact and no site."""
        firm = cls.env["res.partner"].create(
            {
                "name": "Dairy (test)",
                "is_company": True,
                "vat": "FR23334175221",
                "company_registry": "33417522101010",
                "street": "2 route des Prés",
                "city": "Nantes",
                "country_id": cls.env.ref("base.fr").id,
                "company_id": cls.firm_a.id,
                "bank_ids": [Command.create({"acc_number": "TEST-ACCOUNT-1"})],
                **values,
            }
        )
        cls.env["res.partner"].create(
            {
                "name": "Paul Buyer",
                "parent_id": firm.id,
                "email": "paul@dairy.example",
                "company_id": cls.firm_a.id,
            }
        )
        return firm

    @classmethod
    def make_lead(cls, user=None, **values):
        """Return a lead with everything that a deal needs, and judged by its salesperson.

        :param values: of the lead; ``judged=False`` leaves it to be judged
        """
        user = user or cls.seller
        partner = values.pop("partner", None) or cls.make_person()
        kinds = values.pop("kinds", cls.equipment)
        judged = values.pop("judged", True)
        lead = cls.Lead.with_user(user).create(
            {
                "name": "Pump for the cellar",
                "type": "lead",
                "user_id": user.id,
                "team_id": cls.team.id,
                "partner_id": partner.id,
                "need_ids": [
                    Command.create({"kind_id": kind.id, "name": f"Need of {kind.name}"})
                    for kind in kinds
                ],
                **values,
            }
        )
        if judged:
            lead.action_qualify()
        return lead

    @classmethod
    def make_deal(cls, user=None, **values):
        """Return a running deal in its first stage."""
        lead = cls.make_lead(user, **values)
        lead.action_make_deal()
        return lead

    @classmethod
    def place(cls, deal, code):
        """Put a deal into a stage past all gates."""
        deal.sudo()._set_deal_stage(cls.version._stage(code=code))
        return deal

    @classmethod
    def pass_over(cls, deal, *codes):
        """The head overrides gates, so that a test looks at one of them alone."""
        gates = cls.env["deal.gate"].search([("code", "in", codes)])
        cls.env["deal.gate.override"].with_user(cls.head).create(
            [
                {"lead_id": deal.id, "gate_id": gate.id, "reason": "Agreed with the board"}
                for gate in gates
            ]
        )

    @contextmanager
    def refused(self, *words):
        """Expect an error that says these words; what was tried is undone as after a request."""
        with self.assertRaises(UserError) as caught:
            yield
        for word in words:
            self.assertIn(word, str(caught.exception))

    def file_contract(self, deal):
        self.env["deal.document"].with_user(self.seller).create(
            {
                "lead_id": deal.id,
                "type_id": self.env.ref("deal_process.document_contract").id,
                "name": "Contract 1",
            }
        )
