from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerPracticeKind(models.Model):
    """A kind of record by which practice is seen: the allow-list of practice steps."""

    _name = "dealer.practice.kind"
    _description = "Kind of Practice"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    model = fields.Char(string="Technical model", required=True)
    user_field = fields.Char(
        required=True,
        default="user_id",
        help="Field that leads to the user whose practice it is.",
    )
    date_field = fields.Char(
        required=True, default="create_date", help="Field that says when it was done."
    )
    partner_field = fields.Char(
        help="Field that leads to the customer; needed for steps in the sandbox."
    )
    action_xmlid = fields.Char(string="Screen", help="XML id of the action where it is done.")
    installed = fields.Boolean(compute="_compute_installed")

    _model_name_uniq = models.Constraint(
        "UNIQUE(model, name)", "This kind of practice is in the list already."
    )

    @api.depends("model")
    def _compute_installed(self):
        for kind in self:
            kind.installed = kind.model in self.env and not self.env[kind.model]._abstract

    @api.constrains("model", "user_field", "date_field", "partner_field")
    def _check_fields(self):
        for kind in self.filtered("installed"):
            wanted = (("user_field", "res.users"), ("partner_field", "res.partner"))
            for name, comodel in wanted:
                if kind[name] and kind._target(kind[name]) != comodel:
                    kind._refuse(kind[name])
            date_field = self.env[kind.model]._fields.get(kind.date_field)
            if date_field is None or date_field.type not in ("date", "datetime"):
                kind._refuse(kind.date_field)

    def _refuse(self, name):
        raise ValidationError(
            self.env._(
                "%(kind)s: %(field)s is not a field of %(model)s that serves here.",
                kind=self.name,
                field=name,
                model=self.model,
            )
        )

    def _target(self, path):
        """Return the model to which a path of fields leads, or None."""
        model = self.env[self.model]
        for name in path.split("."):
            field = model._fields.get(name)
            if field is None or not field.relational:
                return None
            model = self.env[field.comodel_name]
        return model._name
