from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestAccess(DealerNetworkCase):
    """What a rival, a parent and the dealer itself may do with each model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.group_allow_export").user_ids |= (
            cls.principal_a | cls.principal_b | cls.seller_b
        )
        cls.records_a = cls._make_everything(cls.dealer_a)
        cls.records_sub = cls._make_everything(cls.subdealer_a)

    @classmethod
    def _make_everything(cls, dealer):
        """Make one record of each kind that belongs to a dealer.

        :return: dict of model to record
        """
        outlet = cls.env["dealer.outlet"].create({"dealer_id": dealer.id, "name": "Secret"})
        records = {
            "dealer.dealer": dealer,
            "dealer.outlet": outlet,
            "dealer.outlet.hours": {"outlet_id": outlet.id, "weekday": "0"},
            "dealer.operation": {
                "outlet_id": outlet.id,
                "brand_id": cls.brand.id,
                "activity_id": cls.env.ref("dealer_network.activity_sales").id,
            },
            "dealer.affiliation": dealer.affiliation_ids[:1],
            "dealer.coverage": {"dealer_id": dealer.id, "user_id": cls.oem_user.id},
            "dealer.release": {
                "dealer_id": dealer.id,
                "subject_id": cls.env.ref("dealer_network.release_subject_stock").id,
                "purpose_id": cls.env.ref("dealer_network.release_purpose_planning").id,
            },
        }
        staff = cls._create_staff(dealer, "role_marketer", f"Marketer of {dealer.code}")
        records.update({"dealer.staff": staff, "dealer.person": staff.person_id})
        return {
            model: cls.env[model].create(record) if isinstance(record, dict) else record
            for model, record in records.items()
        }

    def _assert_hidden(self, record, user):
        """The record cannot be found, counted, grouped, named, read, written or deleted."""
        model = record._name
        records = self.env[model].with_user(user)
        domain = [("id", "=", record.id)]
        self.assertFalse(records.search(domain), model)
        self.assertFalse(records.search_count(domain), model)
        self.assertEqual(records._read_group(domain, [], ["__count"]), [(0,)], model)
        self.assertNotIn(record.id, [key for key, _name in records.name_search("")], model)
        alone = record.with_user(user)
        for attempt in (
            lambda: alone.read(["display_name"]),
            lambda: alone.write({"create_date": False}),
            alone.unlink,
            lambda: alone.export_data(["display_name"]),
        ):
            with self.assertRaises(AccessError, msg=model):
                attempt()

    def test_rival_gets_at_nothing(self):
        for record in self.records_a.values():
            for user in (self.principal_b, self.seller_b):
                with self.subTest(model=record._name, user=user.login):
                    self._assert_hidden(record, user)

    def test_every_model_with_a_dealer_is_tried(self):
        """A model added later must come into this test."""
        mine = {
            model._name
            for model in self.env.values()
            if model._original_module == "dealer_network"
            and not model._abstract
            and not model._transient
            and model._auto
            and ("dealer_id" in model._fields or model._name in ("dealer.dealer", "dealer.person"))
        }
        self.assertEqual(mine, set(self.records_a))

    def test_dealer_reads_its_own(self):
        for record in self.records_a.values():
            with self.subTest(model=record._name):
                self.assertTrue(record.with_user(self.seller_a).read(["display_name"]))

    def test_parent_reads_what_a_sub_dealer_shares_and_changes_nothing(self):
        for record in self.records_sub.values():
            with self.subTest(model=record._name):
                self._assert_hidden(record, self.principal_a)
        self.subdealer_a.share_with_parent = True
        for record in self.records_sub.values():
            with self.subTest(model=record._name):
                self.assertTrue(record.with_user(self.principal_a).read(["display_name"]))
                with self.assertRaises(AccessError):
                    record.with_user(self.principal_a).write({"create_date": False})

    def test_oem_reads_all(self):
        for record in [*self.records_a.values(), *self.records_sub.values()]:
            with self.subTest(model=record._name):
                self.assertTrue(record.with_user(self.oem_user).read(["display_name"]))

    def test_area_manager_only_reads(self):
        for record in self.records_a.values():
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.oem_user).write({"create_date": False})

    def test_other_companys_oem_people_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other region"})
        stranger = self._create_oem_user("t_stranger", "group_network_administrator")
        stranger.group_ids |= self.env.ref("base.group_allow_export")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for record in self.records_a.values():
            with self.subTest(model=record._name):
                self._assert_hidden(record, stranger)

    def test_importers_company_sees_the_dealers_it_sells_to(self):
        importer = self.env["res.company"].create({"name": "Importer's company"})
        clerk = self._create_oem_user("t_clerk", "group_network_user")
        clerk.group_ids |= self.env.ref("base.group_allow_export")
        clerk.write({"company_ids": [(6, 0, importer.ids)], "company_id": importer.id})
        outlet = self.records_a["dealer.outlet"]
        self._assert_hidden(outlet, clerk)
        self.dealer_a.network_company_id = importer
        self.assertTrue(outlet.with_user(clerk).read(["name"]))
        self.assertTrue(self.dealer_a.with_user(clerk).read(["name"]))
        self._assert_hidden(self.dealer_b, clerk)

    def test_salesperson_changes_nothing(self):
        for record in self.records_a.values():
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.seller_a).write({"create_date": False})

    def test_principal_hires_for_its_own_dealer_only(self):
        staff = self.env["dealer.staff"].with_user(self.principal_a)
        role = self.env.ref("dealer_network.role_salesperson")
        person = self.env["dealer.person"].with_user(self.principal_a).create({"name": "New"})
        self.assertEqual(person.oem_company_id, self.oem_company)
        hired = staff.create(
            {"person_id": person.id, "dealer_id": self.dealer_a.id, "role_id": role.id}
        )
        self.assertEqual(hired.name, "New")
        for dealer in (self.dealer_b, self.subdealer_a):
            with self.assertRaises(AccessError):
                staff.create({"person_id": person.id, "dealer_id": dealer.id, "role_id": role.id})
            with self.assertRaises(AccessError):
                hired.dealer_id = dealer
                self.env.flush_all()

    def test_own_records_are_not_pushed_to_a_rival(self):
        rival_outlet = self.env["dealer.outlet"].create(
            {"dealer_id": self.dealer_b.id, "name": "Rival"}
        )
        self.records_a["dealer.outlet"].is_main = False
        for model, vals in (
            ("dealer.outlet", {"dealer_id": self.dealer_b.id}),
            ("dealer.outlet.hours", {"outlet_id": rival_outlet.id}),
            ("dealer.release", {"dealer_id": self.dealer_b.id}),
            ("dealer.outlet", {"network_company_id": self.company_b.id}),
            ("dealer.outlet.hours", {"oem_company_id": self.company_b.id}),
            ("dealer.person", {"oem_company_id": self.company_a.id}),
        ):
            record = self.records_a[model].with_user(self.principal_a)
            with self.subTest(model=model), self.assertRaises(AccessError):
                record.write(vals)
                self.env.flush_all()

    def test_principal_cannot_open_a_rivals_person_by_hiring_it(self):
        rival = self._create_staff(self.dealer_b, "role_marketer", "Rival's marketer").person_id
        with self.assertRaises(AccessError):
            self.env["dealer.staff"].with_user(self.principal_a).create(
                {
                    "person_id": rival.id,
                    "dealer_id": self.dealer_a.id,
                    "role_id": self.env.ref("dealer_network.role_marketer").id,
                }
            )

    def test_principal_gives_no_logins(self):
        with self.assertRaises(AccessError):
            self.records_a["dealer.staff"].with_user(self.principal_a).user_id = self.principal_a
        with self.assertRaises(AccessError):
            self.env["dealer.staff"].with_user(self.principal_a).create(
                {
                    "person_id": self.records_a["dealer.person"].id,
                    "dealer_id": self.dealer_a.id,
                    "role_id": self.env.ref("dealer_network.role_marketer").id,
                    "user_id": self.seller_a.id,
                }
            )

    def test_former_dealer_loses_the_person_but_not_its_history(self):
        staff = self.records_a["dealer.staff"]
        staff.write({"date_start": "2020-01-01", "date_end": "2020-12-31"})
        person = staff.person_id
        self.env["dealer.staff"].create(
            {
                "person_id": person.id,
                "dealer_id": self.dealer_b.id,
                "role_id": staff.role_id.id,
            }
        )
        self.assertEqual(staff.with_user(self.principal_a).name, "Marketer of T-A")
        with self.assertRaises(AccessError):
            person.with_user(self.principal_a).read(["email"])
        with self.assertRaises(AccessError):
            staff.with_user(self.principal_a).read(["email"])
        self.env.invalidate_all()
        seen_by_b = person.with_user(self.principal_b)
        self.assertEqual(seen_by_b.staff_ids.dealer_id, self.dealer_b)

    def test_person_without_job_is_its_makers(self):
        person = self.env["dealer.person"].with_user(self.principal_a).create({"name": "Loose"})
        self.assertEqual(person.read(["name"])[0]["name"], "Loose")
        self._assert_hidden(person.sudo(), self.principal_b)

    def test_dealer_does_not_choose_the_parties_of_a_document(self):
        vals = {
            "dealer_id": self.dealer_a.id,
            "subject_id": self.env.ref("dealer_network.release_subject_sales").id,
            "purpose_id": self.env.ref("dealer_network.release_purpose_benchmark").id,
        }
        releases = self.env["dealer.release"].with_user(self.principal_a)
        release = releases.create(vals)
        self.assertEqual(release.sudo().network_company_id, self.oem_company)
        with self.assertRaises(AccessError):
            release.network_company_id = self.company_b
        with self.assertRaises(AccessError):
            releases.create({**vals, "network_company_id": self.company_b.id})

    def test_oems_notes_about_a_dealer_are_not_the_dealers(self):
        dealer = self.dealer_a.with_user(self.oem_manager).with_context(tracking_disable=False)
        note = dealer.message_post(body="We will end the contract")
        self.assertTrue(note.with_user(self.oem_user).read(["body"]))
        for user in (self.principal_a, self.principal_b):
            with self.assertRaises(AccessError):
                note.with_user(user).read(["body"])
            messages = self.env["mail.message"].with_user(user)
            self.assertFalse(messages.search([("id", "=", note.id)]))
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.principal_a).read(["state_reason"])

    def test_configuration_is_the_administrators(self):
        brand = self.brand
        for user in (self.principal_a, self.oem_user, self.oem_manager):
            self.assertTrue(brand.with_user(user).read(["name"]))
            with self.assertRaises(AccessError):
                brand.with_user(user).name = "Mine"
        brand.with_user(self.oem_admin).name = "Renamed"
        for model in (
            "dealer.type",
            "dealer.activity",
            "dealer.role",
            "dealer.product.line",
            "dealer.state.permission",
            "dealer.release.subject",
            "dealer.release.purpose",
        ):
            record = self.env[model].search([], limit=1) or self.env[model]
            self.assertTrue(record.with_user(self.seller_a).has_access("read"), model)
            self.assertFalse(record.with_user(self.principal_a).has_access("write"), model)
            self.assertTrue(record.with_user(self.oem_admin).has_access("write"), model)

    def test_wizards_are_not_for_dealers(self):
        for model in ("dealer.state.wizard", "dealer.reparent.wizard"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.principal_a).create({})

    def test_dealer_does_not_change_its_own_state(self):
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.principal_a).action_terminate("I want")
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.principal_a).share_with_parent = True

    def test_person_key_is_hidden_from_dealers(self):
        with self.assertRaises(AccessError):
            self.records_a["dealer.person"].with_user(self.principal_a).read(["identity_key"])
