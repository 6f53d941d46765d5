from odoo import api, models, tools
from odoo.tools import config


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    @tools.conditional(
        "xml" not in config["dev_mode"],
        tools.ormcache(
            "self.env.uid",
            "self.env.su",
            "model_name",
            "mode",
            "tuple(self._compute_domain_context_values())",
        ),
    )
    def _compute_domain(self, model_name, mode="read"):
        """Add to the record rules what the tenancy class of the model asks for.

        One place and one form instead of some hundred rules that differ in nothing but
        the model: a new add-on is safe with one row in the registry.
        """
        domain = super()._compute_domain(model_name, mode)
        if self.env.su:
            return domain
        # a context that names a rival's company is refused here, before code that runs with
        # more rights believes it
        _checked = self.env.companies
        model = self.env[model_name]
        return (domain & model._tenant_domain(mode)).optimize(model)
