from odoo import fields, models


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    ended_with_login = fields.Boolean(
        readonly=True, copy=False, help="The membership is back as soon as the login is."
    )
