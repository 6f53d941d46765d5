from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_protocol import ProtocolCase


@tagged("post_install", "-at_install")
class TestTemplate(ProtocolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Type = cls.env["equipment.type"]
        cls.sub_type = Type.create(
            {"name": "Chemical pump", "code": "t_chem", "parent_id": cls.pump_type.id}
        )
        cls.other_type = Type.create({"name": "Other", "code": "t_other"})

    def _create(self, name, types=None, company=None):
        return self.env["equipment.protocol.template"].create(
            {
                "name": name,
                "kind": "commissioning",
                "company_id": company.id if company else False,
                "equipment_type_ids": types.ids if types else [],
            }
        )

    def _found(self, equipment_type, company=None):
        return self.env["equipment.protocol.template"]._find(
            "commissioning", equipment_type, company or self.company_a
        )

    def test_nearest_type_goes_first(self):
        general = self._create("General")
        self.assertEqual(self._found(self.sub_type), self.template, "of the type above")
        near = self._create("Chemical", self.sub_type)
        self.assertEqual(self._found(self.sub_type), near)
        self.assertEqual(self._found(self.pump_type), self.template)
        self.assertEqual(self._found(self.other_type), general)

    def test_own_goes_before_shared_and_a_rivals_is_nothing(self):
        own = self._create("Own", company=self.company_a)
        self.assertEqual(self._found(self.sub_type), own)
        self.assertEqual(self._found(self.sub_type, self.company_b), self.template)

    def test_none_fits(self):
        self.template.active = False
        self.assertFalse(self._found(self.pump_type))
        self.assertFalse(self._protocol(self._delivered("N-1")).line_ids)

    def test_shared_checklists_are_read_by_all_and_changed_by_their_keeper(self):
        shared = self.template.with_user(self.manager_a)
        self.assertTrue(shared.line_ids[0].name)
        with self.assertRaises(AccessError):
            shared.write({"name": "Mine"})
        with self.assertRaises(AccessError):
            shared.line_ids.write({"name": "Mine"})
        own = (
            self.env["equipment.protocol.template"].with_user(self.manager_a).create({"name": "A"})
        )
        self.assertEqual(own.company_id, self.company_a)
        with self.assertRaises(AccessError):
            own.with_user(self.manager_b).read(["name"])

    def test_nobody_but_the_keeper_shares_his_own(self):
        Template = self.env["equipment.protocol.template"].with_user(self.manager_a)
        template = Template.create({"name": "Own", "line_ids": [(0, 0, {"name": "Own line"})]})
        meter = self.env["equipment.meter"].with_user(self.manager_a).create({"name": "Own"})
        for record in (template, meter):
            for company in (self.env["res.company"], self.company_b):
                with (
                    self.subTest(record._name, company=company.name),
                    self.assertRaises(AccessError),
                    self.env.cr.savepoint(),
                ):
                    record.company_id = company.id
            self.assertEqual(record.company_id, self.company_a)
        with self.assertRaises(AccessError):
            template.line_ids.template_id = self.template.id

    def test_protocol_keeps_what_was_asked(self):
        self.template.line_ids[0].name = "Changed"
        self.assertEqual(self.protocol.line_ids[0].name, "Fastened")

    def test_another_checklist_brings_its_lines(self):
        other = self._create("Short")
        other.line_ids = [(0, 0, {"name": "Only this"})]
        self.protocol.template_id = other
        self.assertEqual(self.protocol.line_ids.mapped("name"), ["Only this"])

    def test_checklist_is_in_the_language_of_who_does_the_work(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        line = self.template.line_ids[0]
        line.with_context(lang="fr_FR").name = "Fixations serrées"
        unit = self._delivered("N-2")
        self.company_a.partner_id.lang = "fr_FR"
        planned = self.env["equipment.protocol"].create({"unit_id": unit.id})
        self.assertEqual(planned.line_ids[0].name, "Fixations serrées", "a nightly job makes it")
        planned.action_cancel()
        self.technician_a.lang = "en_US"
        self.assertEqual(self._protocol(unit).line_ids[0].name, "Fastened")
