from odoo import fields, models


class HrSkillLevel(models.Model):
    """The network speaks several languages; stock keeps the name of a level in one."""

    _inherit = "hr.skill.level"

    name = fields.Char(translate=True)
