from odoo import models
from odoo.fields import Command


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_product_product(self, maker):
        return maker.record("product.template").product_variant_ids[:1]

    def _make_product_supplierinfo(self, maker):
        template = maker.record("product.template")
        return {
            "partner_id": maker.record("res.partner").id,
            "product_tmpl_id": template.id,
            "product_uom_id": template.uom_id.id,
        }

    def _attribute_line(self, maker):
        attribute = maker.env["product.attribute"].sudo().search([], limit=1)
        if len(attribute.value_ids) < 2:
            attribute = attribute.create(
                {
                    "name": "Isolation probe",
                    "value_ids": [Command.create({"name": name}) for name in ("A", "B")],
                }
            )
        return {
            "product_tmpl_id": maker.env["product.template"].create({"name": "With variants"}).id,
            "attribute_id": attribute.id,
            "value_ids": [Command.set(attribute.value_ids.ids)],
        }

    def _make_product_template_attribute_line(self, maker):
        return maker.env["product.template.attribute.line"].create(self._attribute_line(maker))

    def _make_product_template_attribute_value(self, maker):
        line = maker.record("product.template.attribute.line")
        return line.product_template_value_ids[:1]

    def _make_product_document(self, maker):
        template = maker.record("product.template")
        return {
            "name": "price.txt",
            "raw": b"secret",
            "res_model": template._name,
            "res_id": template.id,
        }
