from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class DealerApiModel(models.Model):
    """A method that systems of connected dealers may call.

    Everything not listed here is denied to them, at every door. Add-ons list the
    methods of their own facades.
    """

    _name = "dealer.api.model"
    _description = "Partner API Method"
    _inherit = ["dealer.cached.mixin"]
    _order = "process, model, method"
    _rec_name = "name"

    name = fields.Char(required=True, translate=True)
    model = fields.Char(string="Facade model", required=True)
    method = fields.Char(required=True)
    process = fields.Char(
        required=True,
        index=True,
        help="Code of the information process; keys can be limited to processes.",
    )
    active = fields.Boolean(default=True)
    installed = fields.Boolean(compute="_compute_installed")

    _model_method_uniq = models.Constraint(
        "UNIQUE(model, method)", "This method is in the list already."
    )

    @api.depends("model")
    def _compute_installed(self):
        for row in self:
            row.installed = row.model in self.env

    @api.constrains("model", "method")
    def _check_facade(self):
        """Only facades may be opened: an ordinary model has methods nobody thought of."""
        for row in self:
            if row.method.startswith("_"):
                raise ValidationError(
                    self.env._("%(name)s: a private method cannot be called.", name=row.name)
                )
            if row.installed and not self.env[row.model]._abstract:
                raise ValidationError(
                    self.env._(
                        "%(name)s: %(model)s stores records. Only facades, which are abstract "
                        "models, can be opened to partners.",
                        name=row.name,
                        model=row.model,
                    )
                )

    @api.model
    @tools.ormcache()
    def _allowed(self):
        """Return ``{(model, method): (id, process)}`` of everything that may be called."""
        rows = self.sudo().search([])
        return {
            (row.model, row.method): (row.id, row.process) for row in rows if row.model in self.env
        }
