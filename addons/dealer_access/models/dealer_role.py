from odoo import fields, models


class DealerRole(models.Model):
    _inherit = "dealer.role"

    require_second_factor = fields.Boolean(
        string="Second factor required",
        help="Whoever holds this role signs in with a code besides the password: from an "
        "authenticator app where one is enrolled, else sent by e-mail.",
    )
    password_min_length = fields.Integer(
        string="Password length",
        help="Shortest password allowed to holders of this role; 0 leaves the region's rule.",
    )

    _password_min_length_positive = models.Constraint(
        "CHECK(password_min_length >= 0)", "The length of a password cannot be negative."
    )
