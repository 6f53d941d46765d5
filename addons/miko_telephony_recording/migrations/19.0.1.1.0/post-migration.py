"""Who was merely rung plays no recordings any more: the rule is not updated with the module."""

from odoo import SUPERUSER_ID, api

HEARD = "[('call_id.leg_ids', 'any', [('user_id', '=', user.id), ('answered', '!=', False)])]"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref("miko_telephony_recording.miko_recording_personal_rule", False)
    if rule:
        rule.domain_force = HEARD
