from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_equipment_unit(self, maker):
        """A machine of the OEM's range that a customer had before."""
        return {
            "identity_id": maker.record("equipment.identity").id,
            "owner_id": maker.record("res.partner").id,
            "state": "delivered",
        }

    def _make_equipment_unit_event(self, maker):
        return maker.record("equipment.unit").event_ids[:1]

    def _make_equipment_identity(self, maker):
        """Nobody makes one but the system; the dealer that has the machine reads it."""
        company = maker.env.company
        plate = (self._shared_product(maker), "SN-ISOLATION-UNIT")
        identity = maker.env["equipment.identity"].sudo()._find_or_create([plate], company)[plate]
        identity._hold(company)
        return identity.sudo(False)

    def _make_equipment_meter(self, maker):
        return {"name": "Isolation probe"}

    def _make_equipment_meter_reading(self, maker):
        return {
            "unit_id": maker.record("equipment.unit").id,
            "meter_id": maker.record("equipment.meter").id,
            "value": 1,
        }

    def _make_equipment_demo(self, maker):
        return {
            "unit_id": maker.record("equipment.unit").id,
            "partner_id": maker.record("res.partner").id,
            "date_from": "2024-01-01",
            "date_to": "2024-01-02",
        }

    def _make_equipment_protocol_template(self, maker):
        return {"name": "Isolation probe", "kind": "repair"}

    def _make_equipment_protocol_template_line(self, maker):
        template = maker.record("equipment.protocol.template")
        return {"name": "Isolation probe", "template_id": template.id}

    def _make_equipment_protocol(self, maker):
        return {
            "unit_id": maker.record("equipment.unit").id,
            "kind": "repair",
            "template_id": maker.record("equipment.protocol.template").id,
        }

    def _make_equipment_protocol_line(self, maker):
        protocol = maker.record("equipment.protocol")
        return {"name": "Isolation probe", "protocol_id": protocol.id}

    def _make_equipment_protocol_photo(self, maker):
        return {
            "protocol_id": maker.record("equipment.protocol").id,
            "image_1920": (
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                "awAAAABJRU5ErkJggg=="
            ),
        }
