import base64

from odoo.tools.misc import file_open

from .common import EquipmentCase

#: A picture of one pixel, for signatures and photos.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class ProtocolCase(EquipmentCase):
    """A delivered pump of company A with a checklist of each kind of line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["equipment.protocol.template"].search([]).active = False
        cls.meter = cls.env["equipment.meter"].create({"name": "Hours", "company_id": False})
        cls.template = cls.env["equipment.protocol.template"].create(
            {
                "name": "Commissioning of a test pump",
                "kind": "commissioning",
                "company_id": False,
                "photo_minimum": 1,
                "equipment_type_ids": cls.pump_type.ids,
                "line_ids": [
                    (0, 0, {"name": "Fastened", "kind": "check", "section": "Set-up"}),
                    (
                        0,
                        0,
                        {
                            "name": "Pressure",
                            "kind": "reading",
                            "limit_kind": "between",
                            "minimum": 3.5,
                            "maximum": 4.5,
                            "section": "Run",
                        },
                    ),
                    (0, 0, {"name": "Hours", "kind": "reading", "meter_id": cls.meter.id}),
                    (0, 0, {"name": "Who was taught", "kind": "text", "is_required": False}),
                ],
            }
        )
        cls.unit = cls._delivered("P-1")
        cls.protocol = cls._protocol(cls.unit)

    @classmethod
    def _delivered(cls, serial, partner=None):
        cls._move(cls.company_a, "receipt", [serial])
        return cls._move(cls.company_a, "delivery", [serial], partner or cls.site)

    @classmethod
    def _protocol(cls, unit, kind="commissioning"):
        return (
            cls.env["equipment.protocol"]
            .with_user(cls.technician_a)
            .create({"unit_id": unit.id, "kind": kind, "user_id": cls.technician_a.id})
        )

    @classmethod
    def _line(cls, name, protocol=None):
        lines = (protocol or cls.protocol).line_ids
        return lines.filtered(lambda line: line.name == name)

    @classmethod
    def _fill(cls, protocol, pressure=4.0, hours=2.0):
        """Do the work on site: start, answer the checklist, take a photo."""
        if protocol.state != "progress":
            protocol.action_start()
        cls._line("Fastened", protocol).result = "ok"
        cls._line("Pressure", protocol).value = pressure
        cls._line("Hours", protocol).value = hours
        protocol.photo_ids = [(0, 0, {"image_1920": PIXEL, "name": "Plate"})]

    @classmethod
    def _sign(cls, protocol, *sides):
        for side in sides or ("technician", "customer"):
            protocol.write({f"{side}_signature": PIXEL, f"{side}_signer": f"The {side}"})

    @classmethod
    def _real_photo(cls):
        """Base64 of a picture that a browser can show."""
        with file_open("web/static/img/placeholder.png", "rb") as handle:
            return base64.b64encode(handle.read())
