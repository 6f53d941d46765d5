from odoo import api, models
from odoo.fields import Domain


class SurveyQuestionAnswer(models.Model):
    _inherit = "survey.question.answer"

    @api.model
    def _tenant_domain(self, mode):
        """An answer belongs to a question, as one of its choices or as a row of its matrix."""
        question = self.env["survey.question"]._tenant_domain(mode)
        if question.is_true():
            return question
        return Domain("question_id", "any", question) | Domain(
            "matrix_question_id", "any", question
        )
