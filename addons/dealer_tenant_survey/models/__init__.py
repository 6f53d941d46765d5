from . import dealer_isolation_recipe, survey_question_answer, survey_survey
