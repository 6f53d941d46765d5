"""A lead is judged before it becomes a deal. What is an opportunity already was judged by who made
it one.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    cr.execute(
        """
        UPDATE crm_lead
           SET qualification = 'qualified',
               qualification_date = create_date,
               qualification_user_id = create_uid
         WHERE type = 'opportunity' AND qualification IS NULL
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("deal_process.gate_qualified").write({"for_deal": True, "sequence": 2})
    env.ref("deal_process.gate_needs").sequence = 1
