from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import EquipmentCase


@tagged("post_install", "-at_install")
class TestMeter(EquipmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours, cls.pressure = cls.env["equipment.meter"].create(
            [
                {"name": "Hours", "company_id": False},
                {"name": "Pressure", "company_id": False, "is_cumulative": False},
            ]
        )
        cls.unit = cls._move(cls.company_a, "receipt", ["M-1"])

    def _read(self, value, date, meter=None, **vals):
        return (
            self.env["equipment.meter.reading"]
            .with_user(self.technician_a)
            .create(
                {
                    "unit_id": self.unit.id,
                    "meter_id": (meter or self.hours).id,
                    "value": value,
                    "date": date,
                    **vals,
                }
            )
        )

    def test_a_large_reading_is_named_in_full(self):
        self.assertEqual(self._read(1234567.5, "2024-01-01").display_name, "Hours: 1234567.5")

    def test_hours_only_go_up(self):
        self._read(10, "2024-01-01")
        self._read(30, "2024-03-01")
        self._read(20, "2024-02-01")
        with self.assertRaisesRegex(ValidationError, "Hours of Test pump M-1: 5"):
            self._read(5, "2024-04-01")
        with self.assertRaisesRegex(ValidationError, "31"):
            self._read(31, "2024-02-15")
        self._read(1, "2024-05-01", is_reset=True)
        self._read(2, "2024-06-01")

    def test_gauges_go_up_and_down(self):
        self._read(5, "2024-01-01", self.pressure)
        self._read(4, "2024-02-01", self.pressure)

    def test_latest_of_each_meter(self):
        self._read(10, "2024-01-01")
        last = self._read(30, "2024-03-01")
        gauge = self._read(5, "2024-01-01", self.pressure)
        latest = self.env["equipment.meter.reading"]._latest(self.unit)
        self.assertEqual(set(latest.ids), {last.id, gauge.id})

    def test_rival_reads_and_adds_nothing(self):
        reading = self._read(10, "2024-01-01")
        with self.assertRaises(AccessError):
            reading.with_user(self.technician_b).read(["value"])
        with self.assertRaises(AccessError):
            self.env["equipment.meter.reading"].with_user(self.technician_b).create(
                {"unit_id": self.unit.id, "meter_id": self.hours.id, "value": 99}
            )
