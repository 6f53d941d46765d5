"""The export is BPMN 2.0 by the OMG's own schema, complete, and laid out without overlaps."""

from itertools import combinations
from pathlib import Path

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..bpmn import Step, Texts, document

SCHEMA = Path(__file__).with_name("schema") / "BPMN20.xsd"
NAMES = {
    "m": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "d": "http://www.omg.org/spec/DD/20100524/DI",
}
TEXTS = Texts(*(f"text {number}" for number in range(12)))


@tagged("post_install", "-at_install")
class TestBpmn(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version = cls.env.ref("deal_process.version_standard")
        cls.schema = etree.XMLSchema(etree.parse(str(SCHEMA)))

    def parse(self, text):
        root = etree.fromstring(text.encode())
        self.assertTrue(self.schema.validate(root), self.schema.error_log)
        return root

    def test_schema_is_no_rubber_stamp(self):
        root = etree.fromstring(self.version.bpmn_xml().encode())
        task = root.find(".//m:userTask", NAMES)
        task.append(task[0])  # incoming behind outgoing
        task.insert(0, etree.SubElement(task, f"{{{NAMES['m']}}}nonsense"))
        self.assertFalse(self.schema.validate(root))

    def test_shipped_process_is_valid_in_every_language(self):
        for code in ("en_US", "fr_FR", "ru_RU"):
            self.env["res.lang"]._activate_lang(code)
            with self.subTest(code):
                root = self.parse(self.version.with_context(lang=code).bpmn_xml())
                tasks = root.xpath(".//m:subProcess/m:userTask/@name", namespaces=NAMES)
                stages = self.version.with_context(lang=code).stage_ids
                self.assertEqual(
                    tasks, stages.filtered(lambda stage: stage.kind == "normal").mapped("name")
                )

    def test_optional_stages_have_a_way_round(self):
        root = self.parse(self.version.bpmn_xml())
        # other add-ons' gates make more of them optional
        work = self.version.stage_ids.filtered(lambda stage: stage.kind == "normal")
        optional = work.filtered(lambda stage: stage.need_kind_ids or stage.entry_gate_ids)[1:]
        self.assertGreaterEqual(set(optional.mapped("code")), {"certification", "installation"})
        optional = optional.mapped("code")
        for code in optional:
            self.assertTrue(
                root.xpath(
                    f".//m:sequenceFlow[@sourceRef='needed_{code}'][@targetRef='after_{code}']",
                    namespaces=NAMES,
                )
            )

    def test_notes_say_owner_deadline_gates_and_documents(self):
        root = self.parse(self.version.bpmn_xml())
        (note,) = root.xpath(
            ".//m:textAnnotation[@id='stage_selection_note']/m:text/text()", namespaces=NAMES
        )
        for line in ("Owner: Salesperson", "Deadline: 10 working days", "• Needs", "• Contract"):
            self.assertIn(line, note)

    def test_every_element_is_drawn_and_every_flow_meets_its_ends(self):
        root = self.parse(self.version.bpmn_xml())
        boxes = {
            shape.get("bpmnElement"): tuple(
                float(shape[0].get(key)) for key in ("x", "y", "width", "height")
            )
            for shape in root.findall(".//di:BPMNShape", NAMES)
        }
        edges = {
            edge.get("bpmnElement"): [
                (float(point.get("x")), float(point.get("y"))) for point in edge
            ]
            for edge in root.findall(".//di:BPMNEdge", NAMES)
        }
        for connection in root.xpath(".//m:sequenceFlow | .//m:association", namespaces=NAMES):
            points = edges.pop(connection.get("id"))
            for point, end in ((points[0], "sourceRef"), (points[-1], "targetRef")):
                self.assertTrue(self._touches(point, boxes[connection.get(end)]), connection.attrib)
        self.assertFalse(edges)
        drawn = root.xpath(
            ".//m:process//*[@id][not(self::m:sequenceFlow or self::m:association or "
            "self::m:messageEventDefinition)]/@id",
            namespaces=NAMES,
        )
        self.assertEqual(set(drawn), set(boxes))
        inside = {name: box for name, box in boxes.items() if name not in ("deal", "refusal")}
        for (name, one), (other, two) in combinations(inside.items(), 2):
            self.assertFalse(self._overlap(one, two), f"{name} lies upon {other}")

    def _touches(self, point, box):
        x, y, width, height = box
        on_side = point[0] in (x, x + width) and y <= point[1] <= y + height
        return on_side or (point[1] in (y, y + height) and x <= point[0] <= x + width)

    def _overlap(self, one, two):
        return (
            one[0] < two[0] + two[2]
            and two[0] < one[0] + one[2]
            and one[1] < two[1] + two[3]
            and two[1] < one[1] + one[3]
        )

    def test_odd_names_and_codes(self):
        steps = [Step("a b/ü", "<Stage> & “more”", ["x < y"], optional=True), Step("", "")]
        root = self.parse(document("A & B", steps, TEXTS))
        self.assertEqual(root.get("name"), "A & B")
        self.parse(document("Empty", [], TEXTS))

    def test_another_firms_version_is_not_exported(self):
        firm = self.env["res.company"].create({"name": "Firm B"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "sales_team.group_sale_salesman",
            company_id=firm.id,
            company_ids=[(6, 0, firm.ids)],
        )
        process = self.env["deal.process"].create({"name": "Own"})
        version = self.env["deal.process.version"].create({"process_id": process.id})
        with self.assertRaises(AccessError):
            version.with_user(stranger).bpmn_xml()
        self.assertIn("definitions", self.version.with_user(stranger).bpmn_xml())
