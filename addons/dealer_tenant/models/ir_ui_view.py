from odoo import models


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """Hide sub-lists on models that are closed to dealer users.

        Stock prunes by the groups of the access rights and knows nothing of the registry.
        The field stays in the view, because modifiers may name it; it reads as empty.
        """
        model_name = tree.get("model_access_rights")
        if model_name in self.env and self.env.user._is_tenant_user():
            model = self.env[model_name]
            for node in tree.xpath(".//field[not(ancestor::field)][not(ancestor::groupby)]"):
                field = model._fields.get(node.get("name"))
                if field and model._tenant_is_closed(field):
                    _hide(node)
        return super()._postprocess_access_rights(tree)


def _hide(node):
    for child in list(node):
        node.remove(child)
    node.attrib.pop("model_access_rights", None)
    node.attrib.pop("widget", None)
    node.set("invisible", "1")
    node.set("column_invisible", "1")
