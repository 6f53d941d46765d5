from odoo.addons.equipment_registry.tests.common import EquipmentCase


class ServiceCase(EquipmentCase):
    """A pump in service at a customer of company A, and plans."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service.plan"].search([]).active = False
        cls.env["equipment.protocol.template"].search([]).active = False
        cls.plan = cls.env["service.plan"].create(
            {
                "name": "Test plan",
                "code": "T-PLAN",
                "company_id": False,
                "duration_months": 12,
                "interval_months": 3,
                "horizon_months": 12,
                "lead_days": 14,
                "renewal": "ask",
                "reminder_days": 60,
            }
        )
        cls.reason = cls.env["service.refusal.reason"].create(
            {"name": "Own staff", "company_id": False}
        )
        cls.unit = cls._installed("V-1")

    @classmethod
    def _installed(cls, serial):
        cls._move(cls.company_a, "receipt", [serial])
        unit = cls._move(cls.company_a, "delivery", [serial], cls.site)
        unit.write({"state": "service"})
        return unit

    @classmethod
    def _contract(cls, units=None, **vals):
        return (
            cls.env["service.contract"]
            .with_user(cls.manager_a)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "plan_id": cls.plan.id,
                    "unit_ids": (units or cls.unit).ids,
                    "technician_id": cls.technician_a.id,
                    **vals,
                }
            )
        )

    @classmethod
    def _offer(cls, **vals):
        return (
            cls.env["service.offer"]
            .with_user(cls.manager_a)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "unit_ids": cls.unit.ids,
                    "plan_id": cls.plan.id,
                    **vals,
                }
            )
        )
