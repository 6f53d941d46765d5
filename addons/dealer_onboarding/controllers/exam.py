from odoo import http
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey

REVIEWED = ("scoring_with_answers", "scoring_with_answers_after_page")


class ExamController(Survey):
    """Stock prints a survey to whoever holds a link; an exam is not read before it is over."""

    @http.route()
    def survey_print(self, survey_token, review=False, answer_token=None, **post):
        """Show an exam to its authors, and to who sat it as far as its settings say."""
        access_data = self._get_access_data(
            survey_token, answer_token, ensure_token=False, check_partner=False
        )
        if self._is_kept_back(access_data):
            return self._redirect_with_error(access_data, "answer_wrong_user")
        return super().survey_print(survey_token, review=review, answer_token=answer_token, **post)

    def _is_kept_back(self, access_data):
        """Tell whether the user may not read the questions now, whatever the link."""
        survey, answer = access_data["survey_sudo"], access_data["answer_sudo"]
        user = request.env.user
        is_author = access_data["has_survey_access"] and not user.is_dealer_user
        if not survey.is_exam or is_author:
            return False
        is_over = answer.state == "done" and answer.partner_id == user.partner_id
        return not is_over or survey.scoring_type not in REVIEWED
