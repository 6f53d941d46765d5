import json
from operator import itemgetter

from odoo import api, models, tools
from odoo.api import SUPERUSER_ID
from odoo.tools import SQL


class IrDefault(models.Model):
    """Reads the defaults of all companies at once.

    Stock asks ``_get_model_defaults`` company by company whenever a
    company-dependent field is written after the caches were cleared: one query
    per company, so every ordinary write grows with the number of dealers.
    """

    _inherit = "ir.default"

    @api.model
    @tools.ormcache("model_name", "field_name")
    def _get_field_column_fallbacks(self, model_name, field_name):
        """Value of a company-dependent field where a record has none, by company.

        Same values as stock's, which this replaces, from two queries instead of
        one per company. ``test_provisioning_scale`` compares both.

        :return: JSON object, company id to column value
        """
        superuser = self.with_user(SUPERUSER_ID)
        field = self.env[model_name]._fields[field_name]
        own, common = superuser._get_field_defaults(model_name, field_name)
        columns = {}
        for json_value in {common, *own.values()}:
            value = json.loads(json_value) if json_value is not None else None
            columns[json_value] = field.convert_to_column(value, superuser)
        company_ids = self.env.execute_query(SQL("SELECT id FROM res_company ORDER BY id"))
        return json.dumps(
            {company_id: columns[own.get(company_id, common)] for (company_id,) in company_ids}
        )

    @api.model
    def _get_field_defaults(self, model_name, field_name):
        """Unconditional defaults of one field for the current user.

        The order of precedence is that of ``_get_model_defaults``: the user's
        own before everybody's, then the company's before all companies'.

        :return: dict of JSON values by company, and the JSON value of the others
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT d.company_id, d.user_id IS NULL, d.json_value
                     FROM ir_default d
                     JOIN ir_model_fields f ON d.field_id = f.id
                    WHERE f.model = %s AND f.name = %s AND d.condition IS NULL
                      AND (d.user_id IS NULL OR d.user_id = %s)
                 ORDER BY d.user_id, d.company_id, d.id""",
                model_name,
                field_name,
                self.env.uid,
            )
        )
        own, common = {}, (True, None)
        for company_id, for_all_users, json_value in rows:
            if company_id:
                own.setdefault(company_id, (for_all_users, json_value))
            elif common[1] is None:
                common = (for_all_users, json_value)
        # false sorts first: a default of the user's own beats one for everybody
        return {
            company_id: min(default, common, key=itemgetter(0))[1]
            if common[1] is not None
            else default[1]
            for company_id, default in own.items()
        }, common[1]
