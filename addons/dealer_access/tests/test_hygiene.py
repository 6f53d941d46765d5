from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestHygiene(DealerAccessCase):
    def test_role_asks_for_a_second_factor(self):
        role = self.env.ref("dealer_network.role_principal")
        self.assertFalse(self.principal_a._mfa_type())
        role.require_second_factor = True
        self.assertEqual(self.principal_a._mfa_type(), "totp_mail")
        self.assertEqual(self.principal_a._mfa_url(), "/web/login/totp")
        self.assertTrue(self.principal_a._rpc_api_keys_only(), "no password by RPC then")
        self.assertFalse(self.seller_a._mfa_type(), "other roles are not concerned")

    def test_enrolled_app_goes_first(self):
        self.env.ref("dealer_network.role_principal").require_second_factor = True
        self.principal_a.sudo().totp_secret = "ABCDEFGHABCDEFGHABCDEFGHABCDEFGH"
        self.principal_a.flush_recordset()
        self.assertEqual(self.principal_a._mfa_type(), "totp")
        self.assertTrue(self._staff_of(self.principal_a).second_factor_enrolled)

    def test_past_jobs_ask_for_nothing(self):
        self.env.ref("dealer_network.role_salesperson").require_second_factor = True
        self.assertTrue(self.seller_a._mfa_type())
        job = self._staff_of(self.seller_a)
        job.write({"date_start": "2020-01-01", "date_end": "2020-02-01"})
        self.assertFalse(self.seller_a._mfa_type())

    def test_role_asks_for_long_passwords(self):
        self.env.ref("dealer_network.role_principal").password_min_length = 14
        with self.assertRaisesRegex(UserError, "14"):
            self.principal_a.password = "twelve chars"
        self.principal_a.password = "fourteen chars and more"
        self.seller_a.password = "twelve chars"
        policy = self.env["res.users"].with_user(self.principal_a).get_password_policy()
        self.assertEqual(policy["minlength"], 14)

    def test_keys_of_dealers_people_do_not_live_for_ever(self):
        self.env["ir.config_parameter"].set_param("dealer_access.api_key_max_days", "10")
        keys = self.env["res.users.apikeys"].with_user(self.seller_a)
        keys._check_expiration_date(fields.Datetime.add(fields.Datetime.now(), days=9))
        with self.assertRaises(ValidationError):
            keys._check_expiration_date(fields.Datetime.add(fields.Datetime.now(), days=11))
        with self.assertRaises(ValidationError):
            keys._check_expiration_date(None)

    def test_negative_length_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env.ref("dealer_network.role_principal").password_min_length = -1
            self.env.flush_all()
