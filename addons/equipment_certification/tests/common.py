import base64

from odoo.fields import Command, Date
from odoo.tests import TransactionCase

from odoo.addons.mail.tests.common import mail_new_test_user

FILE = base64.b64encode(b"%PDF-1.4 the certificate as the body sent it")
ENGINEER = "base.group_user,equipment_certification.group_certification_engineer"
WAREHOUSE = "base.group_user,stock.group_stock_user"


class CertificationCase(TransactionCase):
    """The OEM and two dealers' companies, a type that needs a certificate and one that does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "no_reset_password": True}
        )
        cls.oem = cls.env.company
        cls.company_a, cls.company_b = cls.env["res.company"].create(
            [{"name": "Company of dealer A"}, {"name": "Company of dealer B"}]
        )
        cls.warehouse = cls._warehouse(cls.oem)
        cls._setup_users()
        cls._setup_schemes()
        cls._setup_products()
        cls.customer = cls.env["res.partner"].create({"name": "Research laboratory"})

    @classmethod
    def _setup_users(cls):
        cls.engineer = cls._user("c_engineer", ENGINEER)
        manager = f"{ENGINEER},equipment_certification.group_certification_manager"
        cls.manager = cls._user("c_manager", manager)
        cls.worker = cls._user("c_worker", WAREHOUSE)
        cls.engineer_a = cls._user("c_engineer_a", ENGINEER, cls.company_a)
        cls.engineer_b = cls._user("c_engineer_b", ENGINEER, cls.company_b)
        cls.worker_a = cls._user("c_worker_a", WAREHOUSE, cls.company_a)
        cls.worker_b = cls._user("c_worker_b", WAREHOUSE, cls.company_b)

    @classmethod
    def _user(cls, login, groups, company=None):
        company = company or cls.oem
        return mail_new_test_user(
            cls.env,
            login=login,
            name=login,
            email=f"{login}@certification.example",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _setup_schemes(cls):
        cls.scheme, cls.other_scheme = cls.env["certification.scheme"].create(
            [
                {
                    "name": "Heat test",
                    "code": "T-HEAT",
                    "company_id": False,
                    "validity_months": 12,
                    "reminder_days": 60,
                    "reminder_repeat_days": 20,
                    "parameter_ids": [
                        Command.create(
                            {
                                "test_name": "Oven",
                                "name": "Deviation",
                                "unit": "K",
                                "has_min": True,
                                "value_min": -2,
                                "has_max": True,
                                "value_max": 2,
                            }
                        ),
                        Command.create(
                            {"test_name": "Oven", "name": "Door closes", "kind": "check"}
                        ),
                    ],
                },
                {"name": "Shock test", "code": "T-SHOCK", "company_id": False},
            ]
        )
        cls.body = cls.env["certification.body"].create(
            {
                "name": "Heat laboratory",
                "company_id": False,
                "accreditation_ids": [
                    Command.create(
                        {
                            "number": "ACC-1",
                            "scheme_ids": [Command.set(cls.scheme.ids)],
                            "date_from": "2020-01-01",
                        }
                    )
                ],
            }
        )

    @classmethod
    def _setup_products(cls):
        above, cls.other_kind = cls.env["equipment.type"].create(
            [
                {"name": "Test equipment", "code": "t_test", "company_id": False},
                {"name": "Test pump", "code": "t_pump", "company_id": False},
            ]
        )
        cls.kind = cls.env["equipment.type"].create(
            {"name": "Oven", "code": "t_oven", "parent_id": above.id, "company_id": False}
        )
        cls.requirement = cls.env["certification.requirement"].create(
            {"equipment_type_id": above.id, "scheme_id": cls.scheme.id, "company_id": False}
        )
        cls.oven = cls._product("Oven O-1", cls.kind)
        cls.pump = cls._product("Pump P-1", cls.other_kind)
        cls.sensor = cls._product("Sensors S-1", cls.kind, "lot")

    @classmethod
    def _product(cls, name, kind, tracking="serial", **vals):
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "tracking": tracking,
                "equipment_type_id": kind.id,
                "company_id": False,
                **vals,
            }
        )

    @classmethod
    def _warehouse(cls, company):
        Warehouse = cls.env["stock.warehouse"]
        found = Warehouse.search([("company_id", "=", company.id)], limit=1)
        return found or Warehouse.create(
            {"name": company.name, "code": f"W{company.id}", "company_id": company.id}
        )

    @classmethod
    def _certificate(cls, *scopes, validate=True, **vals):
        """Create a certificate of the OEM's, shared unless a company is given.

        :param scopes: values of the scope, or serial numbers of the oven; none: the oven's model
        """
        lines = [
            {"kind": "serial", "serial_from": scope} if isinstance(scope, str) else scope
            for scope in scopes or ({"kind": "model"},)
        ]
        certificate = cls.env["certification.certificate"].create(
            {
                "name": f"C-{cls.env['certification.certificate'].search_count([])}",
                "scheme_id": cls.scheme.id,
                "body_id": cls.body.id,
                "company_id": False,
                "file": FILE,
                "date_issue": Date.today(),
                "scope_ids": [
                    Command.create({"product_tmpl_id": cls.oven.product_tmpl_id.id, **line})
                    for line in lines
                ],
                **vals,
            }
        )
        if validate:
            certificate.action_validate()
        return certificate

    @classmethod
    def _stock(cls, product, serial, company=None, quantity=1):
        """Put a serial number, or a lot, into a company's warehouse; return the lot."""
        company = company or cls.oem
        lot = (
            cls.env["stock.lot"]
            .with_company(company)
            .create({"name": serial, "product_id": product.id, "company_id": company.id})
        )
        location = cls._warehouse(company).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, quantity, lot_id=lot)
        return lot

    @classmethod
    def _delivery(cls, *lots, source=None, target=None, quantity=1, company=None):
        """Create a delivery with its lots reserved and picked; return the transfer."""
        company = company or cls.oem
        kind = cls._warehouse(company).out_type_id
        source = source or kind.default_location_src_id
        target = target or cls.env.ref("stock.stock_location_customers")
        picking = (
            cls.env["stock.picking"]
            .with_company(company)
            .create(
                {
                    "picking_type_id": kind.id,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "partner_id": cls.customer.id,
                }
            )
        )
        for lot in lots:
            move = cls.env["stock.move"].create(
                {
                    "picking_id": picking.id,
                    "product_id": lot.product_id.id,
                    "product_uom_qty": quantity,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "company_id": company.id,
                }
            )
            move._action_confirm(merge=False)
            move._do_unreserve()
            cls.env["stock.move.line"].create(
                {
                    "move_id": move.id,
                    "picking_id": picking.id,
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "picked": True,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "company_id": company.id,
                }
            )
        return picking
