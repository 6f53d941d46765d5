from . import res_partner_grade
