from . import dealer_competence_signoff
