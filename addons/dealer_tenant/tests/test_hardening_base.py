from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools.isolation_maker import PIXEL
from .common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestContacts(DealerTenantCase):
    def test_a_contact_made_with_ui_defaults_belongs_to_the_dealer(self):
        self.assertEqual(self.customer_a.company_id, self.company_a)

    def test_an_explicit_no_company_is_not_accepted(self):
        partner = self._as(self.seller_a, "res.partner").create(
            {"name": "Mine", "company_id": False}
        )
        self.assertEqual(partner.sudo().company_id, self.company_a)
        partner.company_id = False
        self.assertEqual(partner.sudo().company_id, self.company_a)

    def test_a_contact_cannot_be_planted_at_a_rival(self):
        with self.assertRaises(AccessError):
            self.customer_a.with_user(self.seller_a).company_id = self.company_b
        with self.assertRaises(AccessError):
            self._as(self.seller_a, "res.partner").create(
                {"name": "Spy", "company_id": self.company_b.id}
            )

    def test_a_rivals_contact_does_not_exist(self):
        partners = self._as(self.seller_a, "res.partner")
        self.assertFalse(partners.search([("id", "=", self.customer_b.id)]))
        self.assertFalse(partners.name_search("Customer of B"))
        self.assertFalse(
            partners.formatted_read_group([("name", "=", "Customer of B")], ["company_id"])
        )
        with self.assertRaises(AccessError):
            partners.browse(self.customer_b.id).read(["name"])
        self._grant(self.seller_a, "base.group_allow_export")
        self.assertTrue(partners.browse(self.customer_a.id).export_data(["name"])["datas"])
        with self.assertRaises(AccessError):
            partners.browse(self.customer_b.id).export_data(["name"])

    def _disguises(self, record):
        """The forms in which a number reaches the database, whatever RPC sent."""
        number = record.id
        return (number, str(number), float(number), f" {number} ", f"{number}.0", [number])

    def test_no_form_of_a_number_shows_the_name_of_a_rivals_record(self):
        """A many2one tells the name of its target: to point at it is to read it."""
        contacts = self._as(self.seller_a, "res.partner")
        for value in self._disguises(self.seller_b):
            with self.subTest(value=value), self.assertRaises(AccessError):
                contacts.create({"name": "Spy", "user_id": value})
            with self.subTest(write=value), self.assertRaises(AccessError):
                self.customer_a.with_user(self.seller_a).write({"user_id": value})
        mine = contacts.create({"name": "Own", "user_id": self.seller_a.id})
        self.assertEqual(mine.user_id, self.seller_a)

    def test_no_form_of_a_number_plants_a_record_at_a_rival(self):
        for value in self._disguises(self.company_b):
            with self.subTest(value=value), self.assertRaises(AccessError):
                self._as(self.seller_a, "res.partner").create({"name": "Spy", "company_id": value})

    def test_a_default_of_the_context_shows_no_rivals_record(self):
        """An empty draft is filled with whatever the caller says is the default."""
        spec = {"parent_id": {"fields": {"display_name": {}}}}
        for value in self._disguises(self.customer_b):
            draft = self._as(self.seller_a, "res.partner").with_context(default_parent_id=value)
            with self.subTest(draft=value), self.assertRaises(AccessError):
                draft.onchange({}, [], spec)
            with self.subTest(create=value), self.assertRaises(AccessError):
                draft.create({"name": "Spy"})
        own = self._as(self.seller_a, "res.partner").with_context(
            default_parent_id=self.customer_a.id
        )
        self.assertEqual(
            own.onchange({}, [], spec)["value"]["parent_id"]["display_name"], "Customer of A"
        )

    def test_a_drafted_line_shows_no_rivals_record(self):
        spec = {"child_ids": {"fields": {"user_id": {"fields": {"display_name": {}}}}}}
        line = [Command.create({"name": "Spy", "user_id": self.seller_b.id})]
        contacts = self._as(self.seller_a, "res.partner")
        with self.assertRaises(AccessError):
            contacts.with_context(default_child_ids=line).onchange({}, [], spec)
        with self.assertRaises(AccessError):
            contacts.onchange({"child_ids": line}, ["child_ids"], spec)

    def test_a_default_that_a_user_set_shows_no_rivals_record(self):
        spec = {"parent_id": {"fields": {"display_name": {}}}}
        for target, shown in ((self.customer_a, "Customer of A"), (self.customer_b, None)):
            self._as(self.seller_a, "ir.default").sudo().set(
                "res.partner", "parent_id", target.id, user_id=self.seller_a.id
            )
            draft = self._as(self.seller_a, "res.partner").onchange({}, [], spec)["value"]
            self.assertEqual((draft.get("parent_id") or {}).get("display_name"), shown)

    def test_the_oem_learns_no_name_of_a_dealers_customer(self):
        oem = self._as(self.oem_manager, "res.partner")
        self._grant(self.oem_manager, "base.group_partner_manager")
        spec = {"parent_id": {"fields": {"display_name": {}}}}
        number = self.customer_a.id
        with self.assertRaises(AccessError):
            oem.create({"name": "Spy", "parent_id": number})
        with self.assertRaises(AccessError):
            self.oem_customer.with_user(self.oem_manager).parent_id = number
        with self.assertRaises(AccessError):
            oem.with_context(default_parent_id=number).onchange({}, [], spec)
        branch = oem.create({"name": "Branch", "parent_id": self.oem_customer.id})
        self.assertEqual(branch.parent_id, self.oem_customer.with_user(self.oem_manager))

    def test_contacts_of_the_oem_are_closed_until_it_names_them(self):
        self.assertFalse(self._sees(self.seller_a, self.oem_customer))
        self.oem_customer.network_contact = True
        self.assertTrue(self._sees(self.seller_a, self.oem_customer))
        with self.assertRaises(AccessError):
            self.oem_customer.with_user(self.seller_a).name = "Mine"

    def test_dealers_cannot_name_their_contact_to_the_network(self):
        with self.assertRaises(AccessError):
            self.customer_b.with_user(self.principal_b).network_contact = True

    def test_people_of_a_dealer_see_each_other_and_no_rival(self):
        self.assertTrue(self._sees(self.seller_a, self.principal_a))
        self.assertTrue(self._sees(self.seller_a, self.principal_a.partner_id))
        self.assertFalse(self._sees(self.seller_a, self.seller_b))
        self.assertFalse(self._sees(self.seller_a, self.seller_b.partner_id))

    def test_people_in_the_lobby_see_only_their_own_dealer(self):
        lobby = self.env.ref("dealer_tenant.company_lobby")
        type(self).company_lobby = lobby
        other = self._create_dealer("T-A2", "Other light", "type_subdealer", self.dealer_a)
        first = self._create_staff_user(self.subdealer_a, "role_salesperson", "t_light_1")
        mate = self._create_staff_user(self.subdealer_a, "role_principal", "t_light_2")
        rival = self._create_staff_user(other, "role_salesperson", "t_light_3")
        self.assertEqual(first.company_id, lobby)
        self.assertTrue(self._sees(first, mate))
        self.assertFalse(self._sees(first, rival))
        self.assertFalse(self._sees(first, rival.partner_id))
        self._grant(rival, "base.group_partner_manager")
        secret = self._as(rival, "res.partner").create({"name": "Secret"})
        self.assertFalse(self._sees(first, secret))

    def test_people_in_the_lobby_see_their_dealers_followers(self):
        """Of a follower Odoo does not note who made it."""
        type(self).company_lobby = self.env.ref("dealer_tenant.company_lobby")
        other = self._create_dealer("T-A3", "Other light", "type_subdealer", self.dealer_a)
        own = self._create_staff_user(self.subdealer_a, "role_salesperson", "t_light_4")
        rival = self._create_staff_user(other, "role_salesperson", "t_light_5")
        for user in own | rival:
            user.partner_id.message_subscribe(user.partner_id.ids)
        people = (own | rival).partner_id
        found = self._as(own, "mail.followers").search([("partner_id", "in", people.ids)])
        self.assertEqual(found.sudo().partner_id, own.partner_id)

    def test_only_ones_own_company_is_visible(self):
        companies = self._as(self.principal_a, "res.company").search([])
        self.assertEqual(companies.ids, self.company_a.ids)

    def test_the_oem_reads_no_customer_of_a_dealer(self):
        self.assertFalse(self._sees(self.oem_admin, self.customer_a))
        self.assertTrue(self._sees(self.oem_admin, self.seller_a.partner_id))

    def test_tags_are_per_dealer(self):
        self._grant(self.seller_a, "base.group_partner_manager")
        self._grant(self.seller_b, "base.group_partner_manager")
        shared = self.env["res.partner.category"].create({"name": "OEM tag"})
        tag = self._as(self.seller_b, "res.partner.category").create({"name": "Pays late"})
        self.assertFalse(self._sees(self.seller_a, tag))
        self.assertFalse(self._sees(self.oem_user, tag))
        self.assertTrue(self._sees(self.seller_a, shared))
        with self.assertRaises(AccessError):
            shared.with_user(self.seller_a).name = "Mine"


@tagged("post_install", "-at_install")
class TestReferences(DealerTenantCase):
    """A many2one tells the name of its target to whoever may write the id."""

    def test_a_rivals_record_cannot_be_referred_to(self):
        with self.assertRaises(AccessError):
            self.customer_a.with_user(self.seller_a).parent_id = self.customer_b
        with self.assertRaises(AccessError):
            self._as(self.seller_a, "res.partner").create(
                {"name": "Child", "parent_id": self.customer_b.id}
            )

    def test_neither_in_a_draft(self):
        with self.assertRaises(AccessError):
            self._as(self.seller_a, "res.partner").onchange(
                {"parent_id": self.customer_b.id},
                ["parent_id"],
                {"parent_id": {"fields": {"display_name": {}}}},
            )

    def test_nor_in_a_list(self):
        self._grant(self.seller_b, "base.group_partner_manager")
        self._grant(self.seller_a, "base.group_partner_manager")
        tag = self._as(self.seller_b, "res.partner.category").create({"name": "Pays late"})
        for command in (Command.link(tag.id), Command.set(tag.ids)):
            with self.assertRaises(AccessError):
                self.customer_a.with_user(self.seller_a).category_id = [command]

    def test_a_rivals_company_cannot_be_named(self):
        bank = self.env["res.bank"].sudo().create({"name": "Bank"})
        self._grant(self.seller_a, "base.group_partner_manager")
        with self.assertRaises(AccessError):
            self._as(self.seller_a, "res.partner.bank").create(
                {
                    "acc_number": "1",
                    "bank_id": bank.id,
                    "partner_id": self.customer_a.id,
                    "company_id": self.company_b.id,
                }
            )

    def test_one_error_for_missing_and_for_foreign(self):
        messages = set()
        for record_id in (self.seller_b.id, 99999999):
            with self.assertRaises(AccessError) as caught:
                self.customer_a.with_user(self.seller_a).write({"user_id": record_id})
            messages.add(str(caught.exception))
        self.assertEqual(len(messages), 1)


@tagged("post_install", "-at_install")
class TestGroups(DealerTenantCase):
    def test_administration_granted_by_mistake_opens_nothing(self):
        self._grant(self.seller_a, "base.group_system")
        self.assertFalse(self.seller_a.has_group("base.group_system"))
        self.assertFalse(self.seller_a._is_admin())
        with self.assertRaises(AccessError):
            self._as(self.seller_a, "ir.config_parameter").search([])
        self.assertFalse(self._sees(self.seller_a, self.customer_b))

    def test_users_without_dealer_group_are_bound_by_their_company(self):
        self.seller_a.write(
            {"group_ids": [Command.unlink(self.env.ref("dealer_network.group_dealer_user").id)]}
        )
        self.assertTrue(self.seller_a._is_tenant_user())
        self.assertFalse(self._sees(self.seller_a, self.customer_b))

    def test_a_forged_company_in_the_context_is_refused(self):
        for model_name in ("res.country", "res.partner", "res.partner.industry"):
            forged = (
                self.env[model_name]
                .with_user(self.seller_a)
                .with_context(allowed_company_ids=self.company_b.ids)
            )
            with self.assertRaises(AccessError):
                forged.search([], limit=1).read(["display_name"])

    def test_users_of_the_oem_are_free(self):
        for user in (self.oem_user, self.oem_admin):
            self.assertFalse(user._is_tenant_user())


@tagged("post_install", "-at_install")
class TestSystemModels(DealerTenantCase):
    def test_a_filter_is_never_shared_by_a_dealer(self):
        filters = self._as(self.seller_a, "ir.filters")
        mine = filters.create({"name": "All", "model_id": "res.partner", "user_ids": False})
        self.assertEqual(mine.sudo().user_ids, self.seller_a)
        with self.assertRaises(AccessError):
            mine.user_ids = False
        with self.assertRaises(AccessError):
            mine.user_ids = self.seller_b
        self.assertFalse(self._sees(self.seller_b, mine))

    def test_filters_of_the_oem_are_readable(self):
        shared = self.env["ir.filters"].create(
            {"name": "OEM", "model_id": "res.partner", "user_ids": False}
        )
        self.assertTrue(self._sees(self.seller_a, shared))
        with self.assertRaises(AccessError):
            shared.with_user(self.seller_a).name = "Mine"

    def test_public_files_of_a_rival_are_closed(self):
        file = self._as(self.seller_b, "ir.attachment").create(
            {"name": "machine.png", "datas": PIXEL, "public": True}
        )
        self.assertTrue(file.public)
        self.assertEqual(file.sudo().company_id, self.company_b)
        with self.assertRaises(AccessError):
            file.with_user(self.seller_a).read(["raw"])
        self.assertFalse(self._sees(self.seller_a, file))
        with self.assertRaises(AccessError):
            self._as(self.seller_a, "ir.binary")._find_record(
                res_model="ir.attachment", res_id=file.id
            )

    def test_documents_of_a_dealer_cannot_be_made_public(self):
        file = self._as(self.seller_b, "ir.attachment").create(
            {"name": "prices.txt", "raw": b"secret", "public": True}
        )
        self.assertFalse(file.public)
        file.public = True
        self.assertFalse(file.public)

    def test_public_files_of_the_oem_are_open(self):
        file = self.env["ir.attachment"].create(
            {"name": "manual.txt", "raw": b"manual", "public": True}
        )
        self.assertEqual(file.with_user(self.seller_a).raw, b"manual")

    def test_files_of_a_rivals_record_are_closed(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "id card",
                "raw": b"secret",
                "res_model": "res.partner",
                "res_id": self.customer_b.id,
            }
        )
        self.assertFalse(self._sees(self.seller_a, file))
        with self.assertRaises(AccessError):
            file.with_user(self.seller_a).read(["raw"])

    def test_sub_lists_on_closed_models_read_as_empty(self):
        self._policy("res.partner.bank").tenancy_class = "denied"
        self.env["res.partner.bank"].create({"acc_number": "1", "partner_id": self.customer_a.id})
        customer = self.customer_a.with_user(self.seller_a)
        self.env.invalidate_all()
        self.assertFalse(customer.bank_ids)
        self.assertEqual(
            customer.web_read({"bank_ids": {"fields": {"acc_number": {}}}})[0]["bank_ids"], []
        )
        view = self.env["ir.ui.view"].create(
            {
                "name": "with a sub-list",
                "model": "res.partner",
                "arch": "<form><field name='name'/><field name='bank_ids'>"
                "<list><field name='acc_number'/></list></field></form>",
            }
        )
        arch = self._as(self.oem_user, "res.partner").get_view(view.id, "form")["arch"]
        self.assertIn("acc_number", arch)
        arch = self._as(self.seller_a, "res.partner").get_view(view.id, "form")["arch"]
        self.assertNotIn("acc_number", arch)
        self.assertIn("bank_ids", arch)
