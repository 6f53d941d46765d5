"""A firm that sells two pumps to a dairy, and a rival."""

from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class EquipmentOfferCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("fr_FR", "ru_RU"):
            cls.env["res.lang"]._activate_lang(code)
        cls.firm, cls.rival = cls.env["res.company"].create(
            [{"name": "Firm & Söhne", "email": "firm@firm.example"}, {"name": "Rival"}]
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.firm.id)], limit=1
        )
        cls.seller = cls._user("offer_seller", "sales_team.group_sale_salesman", cls.firm)
        cls.colleague = cls._user("offer_colleague", "sales_team.group_sale_salesman", cls.firm)
        cls.head = cls._user("offer_head", "sales_team.group_sale_manager", cls.firm)
        cls.rival_head = cls._user("offer_rival", "sales_team.group_sale_manager", cls.rival)
        cls.parameters = {
            code: cls.env.ref(f"equipment_type.parameter_{code}")
            for code in ("application", "material", "flow", "pressure", "temperature", "power")
        }
        cls.criteria = {
            code: cls.env.ref(f"equipment_offer.criterion_{code}") for code in cls.parameters
        }
        cls.pump_type = cls.env["equipment.type"].create(
            {
                "name": "Pump",
                "code": "offer_pump",
                "parameter_ids": [Command.set([p.id for p in cls.parameters.values()])],
            }
        )
        cls.small = cls._pump("Small pump", 1000, (5, 40), (1, 6), ("food",), ("milk",), 7.5)
        cls.large = cls._pump(
            "Large pump", 3000, (20, 90), (2, 10), ("chemistry",), ("solvent",), 22
        )
        cls.dairy = cls.env["res.partner"].create(
            {
                "name": "Dairy",
                "email": "anna@dairy.example",
                "lang": "en_US",
                "company_id": cls.firm.id,
            }
        )

    @classmethod
    def _user(cls, login, group, company):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            email=f"{login}@firm.example",
        )

    @classmethod
    def _pump(cls, name, price, flow, pressure, applications, materials, power):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "is_storable": True,
                "equipment_type_id": cls.pump_type.id,
                "description_sale": f"{name} for every day.",
            }
        )
        values = [
            {
                "parameter_id": cls.parameters[code].id,
                "choice_ids": [Command.set(cls._choices(code, *names).ids)],
            }
            for code, names in (("application", applications), ("material", materials))
        ]
        values += [
            {
                "parameter_id": cls.parameters[code].id,
                "value_number": low,
                "value_number_max": high,
            }
            for code, (low, high) in (("flow", flow), ("pressure", pressure))
        ]
        values.append({"parameter_id": cls.parameters["power"].id, "value_number": power})
        product.product_tmpl_id.equipment_value_ids = [Command.create(v) for v in values]
        return product

    @classmethod
    def _choices(cls, code, *names):
        return cls.env["equipment.parameter.choice"].union(
            *(cls.env.ref(f"equipment_type.{code}_{name}") for name in names)
        )

    @classmethod
    def _select(cls, user=None, compare=True, **answers):
        """Make a selection with answers by criterion: a figure, or a list of choices."""
        selection = (
            cls.env["equipment.selection"]
            .with_user(user or cls.seller)
            .create(
                {
                    "title": "Pump for the whey line",
                    "partner_id": cls.dairy.id,
                    "type_id": cls.pump_type.id,
                    "need": "The old pump churns the milk.",
                    "answer_ids": [
                        Command.create(
                            {"criterion_id": cls.criteria[code].id}
                            | (
                                {"figure": answer}
                                if isinstance(answer, str)
                                else {"choice_ids": [Command.set(cls._choices(code, *answer).ids)]}
                            )
                        )
                        for code, answer in answers.items()
                    ],
                }
            )
        )
        if compare:
            selection.action_compare()
        return selection

    @classmethod
    def _stock(cls, product, quantity):
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.warehouse.lot_stock_id, quantity
        )

    @classmethod
    def _quote(cls, user=None, product=None, **answers):
        """Return the quotation of a selection with its best candidate chosen."""
        selection = cls._select(user, **(answers or {"application": ["food"], "flow": "9 l/s"}))
        candidate = selection.candidate_ids.filtered(
            lambda c: c.product_id == (product or cls.small)
        )
        candidate.action_choose()
        return cls.env["sale.order"].browse(selection.action_make_quotation()["res_id"])
