from . import survey_survey
from . import survey_question_answer
from . import dealer_isolation_recipe
