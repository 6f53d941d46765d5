from odoo import fields, models
from odoo.tools import SQL


class DealerExamQuestionStat(models.Model):
    """How a question of an exam is answered, over all who met it: bad questions show here.

    A question that nearly everybody fails, or that those who pass the exam fail as often as
    those who do not, asks for something else than it means to.
    """

    _name = "dealer.exam.question.stat"
    _description = "Question of an Exam"
    _auto = False
    _order = "pass_rate, id"
    _rec_name = "question_id"

    question_id = fields.Many2one("survey.question", readonly=True)
    survey_id = fields.Many2one("survey.survey", string="Exam", readonly=True)
    answer_count = fields.Integer(string="Answers", readonly=True)
    pass_rate = fields.Float(string="Right (%)", readonly=True, aggregator="avg")
    spread = fields.Float(
        string="Tells apart",
        readonly=True,
        aggregator="avg",
        help="Right answers (%) of those who passed less those of the others.",
    )
    is_doubtful = fields.Boolean(
        readonly=True,
        help="With ten answers or more: nearly all fail it, or it tells nobody apart.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH met AS (
                SELECT line.question_id, line.survey_id, input.id AS input_id,
                       input.scoring_success,
                       bool_and(line.answer_is_correct) AS is_right
                  FROM survey_user_input_line line
                  JOIN survey_user_input input ON input.id = line.user_input_id
                  JOIN survey_survey survey ON survey.id = line.survey_id
                 WHERE survey.is_exam AND input.state = 'done'
                   AND input.test_entry IS NOT TRUE
                 GROUP BY line.question_id, line.survey_id, input.id, input.scoring_success
            ), rate AS (
                SELECT question_id AS id, question_id, survey_id, count(*) AS answer_count,
                       100.0 * avg(is_right::int) AS pass_rate,
                       100.0 * coalesce(avg(is_right::int) FILTER (WHERE scoring_success), 0)
                       - 100.0 * coalesce(avg(is_right::int) FILTER (WHERE NOT scoring_success), 0)
                       AS spread
                  FROM met
                 GROUP BY question_id, survey_id
            )
            SELECT id, question_id, survey_id, answer_count::int, round(pass_rate, 1) AS pass_rate,
                   round(spread, 1) AS spread,
                   (answer_count >= 10 AND (pass_rate < 30 OR spread < 5)) AS is_doubtful
              FROM rate
            """
        )
