from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_survey_question(self, maker):
        survey = maker.record("survey.survey")
        return {"title": "Isolation probe", "survey_id": survey.id, "question_type": "char_box"}

    def _make_survey_question_answer(self, maker):
        return {"value": "Isolation probe", "question_id": maker.record("survey.question").id}

    def _make_survey_user_input(self, maker):
        return {
            "survey_id": maker.record("survey.survey").id,
            "partner_id": maker.record("res.partner").id,
        }

    def _make_survey_user_input_line(self, maker):
        question = maker.record("survey.question")
        return (
            maker.env["survey.user_input.line"]
            .sudo()
            .create(
                {
                    "user_input_id": maker.record("survey.user_input").id,
                    "question_id": question.id,
                    "answer_type": "char_box",
                    "value_char_box": "Isolation probe",
                }
            )
            .sudo(False)
        )
