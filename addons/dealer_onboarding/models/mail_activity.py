from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def action_open_due(self):
        """Open what the user has to do by today: the document, or a list where there are more.

        :return: an action
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        due = self.search_count(
            [("user_id", "=", self.env.uid), ("date_deadline", "<=", today)], limit=2
        )
        if due == 1:
            return self.action_open_document()
        return self.env["ir.actions.act_window"]._for_xml_id("mail.mail_activity_action_my")
