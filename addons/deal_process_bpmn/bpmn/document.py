"""A deal process as a BPMN 2.0 document with layout. Knows nothing of the ORM.

Element and attribute names, and their order, are those of the OMG's BPMN 2.0 schema
(formal/2011-01-03).
Coordinates are pixels from the upper left corner.
"""

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
TARGET = "urn:deal-process"

TASK, GATEWAY, EVENT, GAP = (130, 80), (50, 50), (36, 36), 50
NOTE = (190, 26)
LINE = 15
#: Characters that fit into a line of a note.
WIDTH = 30
#: Height of the way round a stage that does not apply, above the middle.
DETOUR = 85
MIDDLE = 240


@dataclass
class Step:
    """A stage of work.

    :param str code: technical name
    :param str name: what the task is called
    :param notes: lines of the text beside it: owner, deadline, gates, documents
    :param bool optional: whether deals may skip it
    :param str documentation: method in plain text
    """

    code: str
    name: str
    notes: list = field(default_factory=list)
    optional: bool = False
    documentation: str = ""


@dataclass
class Texts:
    """What the fixed parts of the diagram are called, in the reader's language."""

    lead: str
    qualification: str
    is_lead: str
    yes: str
    no: str
    deal: str
    needed: str
    refusal: str
    review: str
    closed: str
    refused: str
    not_lead: str


class _Canvas:
    """Collects elements with their shapes and flows with their edges."""

    def __init__(self, process_id):
        self.plane = ET.Element(f"{{{BPMNDI}}}BPMNPlane", id="plane", bpmnElement=process_id)
        self.bounds, self.nodes = {}, {}

    def node(self, parent, tag, element_id, x, middle, size, name="", **attributes):
        """Add a flow node whose left edge is at x and whose middle is at `middle`."""
        named = {"name": name} if name else {}
        element = ET.SubElement(parent, f"{{{BPMN}}}{tag}", id=element_id, **named, **attributes)
        self.nodes[element_id] = element
        self.shape(element_id, x, middle - size[1] / 2, *size)
        return element

    def shape(self, element_id, x, y, width, height, **attributes):
        self.bounds[element_id] = (x, y, width, height)
        shape = ET.SubElement(
            self.plane,
            f"{{{BPMNDI}}}BPMNShape",
            id=f"{element_id}_shape",
            bpmnElement=element_id,
            **attributes,
        )
        box = {"x": x, "y": y, "width": width, "height": height}
        ET.SubElement(shape, f"{{{DC}}}Bounds", {key: _number(value) for key, value in box.items()})
        return shape

    def label(self, element_id, x, y, width, height):
        """Put a node's name somewhere else than below it."""
        shape = self.plane.find(f"*[@bpmnElement='{element_id}']")
        box = {"x": x, "y": y, "width": width, "height": height}
        label = ET.SubElement(shape, f"{{{BPMNDI}}}BPMNLabel")
        ET.SubElement(label, f"{{{DC}}}Bounds", {key: _number(value) for key, value in box.items()})

    def edge(self, element_id, points):
        edge = ET.SubElement(
            self.plane,
            f"{{{BPMNDI}}}BPMNEdge",
            id=f"{element_id}_edge",
            bpmnElement=element_id,
        )
        for x, y in points:
            ET.SubElement(edge, f"{{{DI}}}waypoint", x=_number(x), y=_number(y))
        return edge

    def flow(self, parent, source, target, name="", points=None):
        """Connect two nodes; without points, from right to left in a straight line."""
        flow_id = f"flow_{source}_{target}"
        named = {"name": name} if name else {}
        ET.SubElement(
            parent,
            f"{{{BPMN}}}sequenceFlow",
            id=flow_id,
            sourceRef=source,
            targetRef=target,
            **named,
        )
        outgoing = ET.Element(f"{{{BPMN}}}outgoing")
        outgoing.text = flow_id
        incoming = ET.Element(f"{{{BPMN}}}incoming")
        incoming.text = flow_id
        _insert(self.nodes[source], outgoing, ("documentation", "incoming", "outgoing"))
        _insert(self.nodes[target], incoming, ("documentation", "incoming"))
        if points is None:
            x, y, width, height = self.bounds[source]
            to_x, to_y, _width, to_height = self.bounds[target]
            points = [(x + width, y + height / 2), (to_x, to_y + to_height / 2)]
        self.edge(flow_id, points)


def _insert(element, child, after):
    """Insert a child behind those that the schema wants before it."""
    position = 0
    for index, other in enumerate(element):
        if other.tag.split("}")[1] in after:
            position = index + 1
    element.insert(position, child)


def _number(value):
    return f"{value:g}"


def _height(lines):
    """Return the height of a note; long lines are broken by the viewer."""
    return NOTE[1] + LINE * sum(-(-len(line) // WIDTH) for line in lines)


def _identifier(code):
    """Return a code as an XML name."""
    return re.sub(r"[^A-Za-z0-9_]", "_", code) or "x"


def document(name, steps, texts):
    """Return the document as text.

    :param str name: of the process and its version
    :param steps: list of `Step`, in order
    :param texts: `Texts`
    """
    for prefix, uri in (("bpmn", BPMN), ("bpmndi", BPMNDI), ("dc", DC), ("di", DI)):
        ET.register_namespace(prefix, uri)
    root = ET.Element(f"{{{BPMN}}}definitions", id="definitions", targetNamespace=TARGET, name=name)
    process = ET.SubElement(
        root, f"{{{BPMN}}}process", id="process", name=name, isExecutable="false"
    )
    canvas = _Canvas("process")
    x = _before_the_deal(canvas, process, texts)
    right = _deal(canvas, process, steps, texts, x)
    _after_the_deal(canvas, process, texts, right)
    diagram = ET.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id="diagram", name=name)
    diagram.append(canvas.plane)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _before_the_deal(canvas, process, texts):
    """Lead, qualification, the end of what is no lead. Return where the deal begins."""
    x = 40
    canvas.node(process, "startEvent", "lead", x, MIDDLE, EVENT, texts.lead)
    x += EVENT[0] + GAP
    canvas.node(process, "userTask", "qualification", x, MIDDLE, TASK, texts.qualification)
    x += TASK[0] + GAP
    canvas.node(process, "exclusiveGateway", "is_lead", x, MIDDLE, GATEWAY, texts.is_lead)
    centre = x + GATEWAY[0] / 2
    # the way of what is no lead leaves it at the bottom
    canvas.label("is_lead", centre - 45, MIDDLE - GATEWAY[1] / 2 - 30, 90, 27)
    canvas.node(
        process, "endEvent", "not_lead", centre - EVENT[0] / 2, MIDDLE + 140, EVENT, texts.not_lead
    )
    canvas.flow(process, "lead", "qualification")
    canvas.flow(process, "qualification", "is_lead")
    canvas.flow(
        process,
        "is_lead",
        "not_lead",
        texts.no,
        [(centre, MIDDLE + GATEWAY[1] / 2), (centre, MIDDLE + 140 - EVENT[1] / 2)],
    )
    return x + GATEWAY[0] + GAP


def _deal(canvas, process, steps, texts, left):
    """The stages of work, as one expanded sub-process. Return its right edge."""
    tallest = max([_height(step.notes) for step in steps] or [0])
    top, bottom = MIDDLE - DETOUR - 65, MIDDLE + 75 + tallest + 40
    deal = ET.SubElement(process, f"{{{BPMN}}}subProcess", id="deal", name=texts.deal)
    canvas.nodes["deal"] = deal
    # its shape comes before those inside, which are painted upon it; the width is known later
    shape = canvas.shape("deal", left, top, 0, bottom - top, isExpanded="true")
    x = left + 30
    canvas.node(deal, "startEvent", "deal_start", x, MIDDLE, EVENT)
    last, x = "deal_start", x + EVENT[0] + GAP
    notes = []
    for step in steps:
        last, x = _stage(canvas, deal, step, texts, last, x, notes)
    canvas.node(deal, "endEvent", "deal_end", x, MIDDLE, EVENT)
    canvas.flow(deal, last, "deal_end")
    # artifacts follow the flow elements in the schema
    for step_id, lines_of_step in notes:
        _note(canvas, deal, step_id, lines_of_step)
    right = x + EVENT[0] + 30
    canvas.bounds["deal"] = (left, top, right - left, bottom - top)
    shape[0].set("width", _number(right - left))
    canvas.flow(process, "is_lead", "deal", texts.yes, [(left - GAP, MIDDLE), (left, MIDDLE)])
    return right


def _stage(canvas, deal, step, texts, last, x, notes):
    """One stage; a gateway before it if deals may skip it. Return its last node and the next x."""
    code = _identifier(step.code)
    task = f"stage_{code}"
    if step.optional:
        gate = f"needed_{code}"
        canvas.node(deal, "exclusiveGateway", gate, x, MIDDLE, GATEWAY, texts.needed)
        canvas.flow(deal, last, gate)
        from_x, last, x = x + GATEWAY[0] / 2, gate, x + GATEWAY[0] + GAP
    # tasks keep clear of each other's notes
    x += (NOTE[0] - TASK[0]) / 2
    element = canvas.node(deal, "userTask", task, x, MIDDLE, TASK, step.name)
    if step.documentation:
        text = ET.Element(f"{{{BPMN}}}documentation")
        text.text = step.documentation
        element.insert(0, text)
    canvas.flow(deal, last, task, texts.yes if step.optional else "")
    x += TASK[0] + (NOTE[0] - TASK[0]) / 2 + GAP / 2
    if step.notes:
        notes.append((task, step.notes))
    if not step.optional:
        return task, x
    join = f"after_{code}"
    canvas.node(deal, "exclusiveGateway", join, x, MIDDLE, GATEWAY)
    canvas.flow(deal, task, join)
    to_x, height = x + GATEWAY[0] / 2, MIDDLE - DETOUR
    top = MIDDLE - GATEWAY[1] / 2
    canvas.flow(
        deal,
        gate,
        join,
        texts.no,
        [(from_x, top), (from_x, height), (to_x, height), (to_x, top)],
    )
    return join, x + GATEWAY[0] + GAP / 2


def _note(canvas, deal, task, lines):
    """A text below a task: owner, deadline, gates, documents."""
    note = f"{task}_note"
    annotation = ET.SubElement(deal, f"{{{BPMN}}}textAnnotation", id=note)
    ET.SubElement(annotation, f"{{{BPMN}}}text").text = "\n".join(lines)
    association = f"{task}_association"
    ET.SubElement(
        deal,
        f"{{{BPMN}}}association",
        id=association,
        sourceRef=task,
        targetRef=note,
        associationDirection="None",
    )
    x, y, width, height = canvas.bounds[task]
    left, top = x - (NOTE[0] - width) / 2, y + height + 35
    canvas.shape(note, left, top, NOTE[0], _height(lines))
    centre = x + width / 2
    canvas.edge(association, [(centre, y + height), (centre, top)])


def _after_the_deal(canvas, process, texts, right):
    """The good end, and the way of a refusal from wherever the deal stands."""
    left, top, _width, height = canvas.bounds["deal"]
    canvas.node(process, "endEvent", "closed", right + GAP, MIDDLE, EVENT, texts.closed)
    canvas.flow(process, "deal", "closed", "", [(right, MIDDLE), (right + GAP, MIDDLE)])
    bottom, x = top + height, left + 90
    event = canvas.node(
        process,
        "boundaryEvent",
        "refusal",
        x,
        bottom,
        EVENT,
        texts.refusal,
        attachedToRef="deal",
        cancelActivity="true",
    )
    ET.SubElement(event, f"{{{BPMN}}}messageEventDefinition", id="refusal_message")
    canvas.label("refusal", x - 110, bottom + 22, 105, 40)
    row = bottom + 80
    canvas.node(process, "userTask", "review", x + 110, row, TASK, texts.review)
    canvas.node(process, "endEvent", "refused", x + 110 + TASK[0] + GAP, row, EVENT, texts.refused)
    centre = x + EVENT[0] / 2
    canvas.flow(
        process,
        "refusal",
        "review",
        "",
        [(centre, bottom + EVENT[1] / 2), (centre, row), (x + 110, row)],
    )
    canvas.flow(process, "review", "refused")
