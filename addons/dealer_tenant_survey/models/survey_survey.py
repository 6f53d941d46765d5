from odoo import models


class SurveySurvey(models.Model):
    _name = "survey.survey"
    _inherit = ["survey.survey", "dealer.tenant.owned.mixin"]

    def action_start_session(self):
        """Stock lets whoever makes surveys run everybody's: here, those that he may see."""
        self.check_access("read")
        return super().action_start_session()

    def action_end_session(self):
        """As for the start."""
        self.check_access("read")
        return super().action_end_session()
