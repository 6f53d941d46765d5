from odoo.fields import Command
from odoo.tests import TransactionCase

from odoo.addons.mail.tests.common import mail_new_test_user


class DealerNetworkCase(TransactionCase):
    """An importer with two rival dealers, a sub-dealer of the first, and their people.

    The dealers' users belong to two empty companies, as after provisioning,
    so that nothing reaches them through the OEM's company.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tracking_disable": True,
                "no_reset_password": True,
            }
        )
        cls.oem_company = cls.env.company
        cls._relax_activation()
        cls.company_a, cls.company_b, cls.company_lobby = cls.env["res.company"].create(
            [
                {"name": "Company of Dealer A"},
                {"name": "Company of Dealer B"},
                {"name": "Lobby of dealers without a company"},
            ]
        )
        cls._setup_network()
        cls._setup_users()

    @classmethod
    def _relax_activation(cls):
        """Where agreements are installed, activation wants one; that is tested there."""
        types = cls.env["dealer.type"].search([])
        if "agreement_required" in types._fields:
            types.agreement_required = False

    @classmethod
    def _setup_network(cls):
        cls.brand = cls.env["dealer.brand"].create({"name": "Test brand", "code": "TEST"})
        cls.importer = cls._create_dealer("T-IMP", "Test Importer", "type_importer")
        cls.dealer_a = cls._create_dealer(
            "T-A", "Dealer A", "type_dealer", cls.importer, company_id=cls.company_a.id
        )
        cls.dealer_b = cls._create_dealer(
            "T-B", "Dealer B", "type_dealer", cls.importer, company_id=cls.company_b.id
        )
        cls.subdealer_a = cls._create_dealer(
            "T-A1", "Sub-dealer of A", "type_subdealer", cls.dealer_a, mode="light"
        )

    @classmethod
    def _setup_users(cls):
        cls.oem_admin = cls._create_oem_user("t_oem_admin", "group_network_administrator")
        cls.oem_manager = cls._create_oem_user("t_oem_manager", "group_network_manager")
        cls.oem_user = cls._create_oem_user("t_oem_user", "group_network_user")
        manager = "dealer_network.group_dealer_manager"
        cls.principal_a = cls._create_staff_user(
            cls.dealer_a, "role_principal", "t_principal_a", manager
        )
        cls.principal_b = cls._create_staff_user(
            cls.dealer_b, "role_principal", "t_principal_b", manager
        )
        cls.seller_a = cls._create_staff_user(cls.dealer_a, "role_salesperson", "t_seller_a")
        cls.seller_b = cls._create_staff_user(cls.dealer_b, "role_salesperson", "t_seller_b")

    @classmethod
    def _create_dealer(cls, code, name, type_xmlid, parent=None, **vals):
        """Create an active dealer.

        :param str type_xmlid: XML id of the dealer type, without the module
        :param parent: dealer.dealer or None
        """
        return cls.env["dealer.dealer"].create(
            {
                "code": code,
                "name": name,
                "type_id": cls.env.ref(f"dealer_network.{type_xmlid}").id,
                "parent_id": parent.id if parent else False,
                "state": "active",
                "oem_company_id": cls.oem_company.id,
                **vals,
            }
        )

    @classmethod
    def _create_oem_user(cls, login, group):
        return mail_new_test_user(
            cls.env,
            login=login,
            name=login,
            email=f"{login}@oem.example",
            groups=f"base.group_user,dealer_network.{group}",
            company_id=cls.oem_company.id,
            company_ids=[Command.set(cls.oem_company.ids)],
        )

    @classmethod
    def _create_staff_user(
        cls, dealer, role_xmlid, login, groups="dealer_network.group_dealer_user", **staff_vals
    ):
        """Create a user who works at a dealer today.

        :param str role_xmlid: XML id of the role, without the module
        :param str groups: XML ids parted by commas, added to base.group_user
        :return: res.users
        """
        company = dealer.company_id or cls.company_lobby
        user = mail_new_test_user(
            cls.env,
            login=login,
            name=login,
            email=f"{login}@{dealer.code.lower()}.example",
            groups=f"base.group_user,{groups}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        cls._create_staff(dealer, role_xmlid, user.name, user=user, **staff_vals)
        return user

    @classmethod
    def _create_staff(cls, dealer, role_xmlid, name, user=None, **vals):
        """Create a person with a job at a dealer, with or without a login."""
        person = cls.env["dealer.person"].create(
            {
                "name": name,
                "email": user.email if user else f"{name.lower().replace(' ', '.')}@people.example",
                "oem_company_id": cls.oem_company.id,
            }
        )
        return cls.env["dealer.staff"].create(
            {
                "person_id": person.id,
                "dealer_id": dealer.id,
                "role_id": cls.env.ref(f"dealer_network.{role_xmlid}").id,
                "user_id": user.id if user else False,
                **vals,
            }
        )
