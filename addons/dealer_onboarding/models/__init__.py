# what others inherit comes first
from . import dealer_learner_mixin

# isort: split
from . import (
    dealer_exam_question_stat,
    dealer_function,
    dealer_function_live,
    dealer_learning_enrolment,
    dealer_learning_path,
    dealer_learning_step,
    dealer_learning_task,
    dealer_onboarding_measure,
    dealer_practice_kind,
    dealer_staff,
    dealer_staff_competence,
    dealer_today,
    mail_activity,
    res_partner,
    slide_channel_partner,
    slide_slide_partner,
    survey_survey,
    survey_user_input,
)
