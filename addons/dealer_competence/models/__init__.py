from . import (
    dealer_competence,
    dealer_competence_history,
    dealer_competence_matrix,
    dealer_competence_need,
    dealer_dealer,
    dealer_passport_share,
    dealer_person,
    dealer_staff,
    dealer_staff_competence,
    dealer_training_cost,
    hr_skill_level,
)
