"""Stock's public methods that act on other records than those they are called on, or with more
rights than their caller: what one dealer's user gets and changes by them of another dealer.

`tests/rpc/test_methods_as_doors.py` sweeps our own methods. Stock has thousands; these are the ones
that take a record's number or an address and look past the rules, or hand on what they do to
something that might.
"""

import base64
import json

from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import SQL

from .common import DealerTenantCase

REFUSALS = (AccessDenied, AccessError, MissingError, UserError)
TODO = "mail.mail_activity_data_todo"
#: What a rival's record looks like from outside: rows of these tables, by the column that names it.
HANGING_ON = {
    "mail_message": "res_id",
    "mail_followers": "res_id",
    "mail_activity": "res_id",
    "ir_attachment": "res_id",
    "mail_notification": "res_partner_id",
    "discuss_channel_member": "partner_id",
}


@tagged("post_install", "-at_install")
class TestStockDoors(DealerTenantCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._grant(cls.seller_a, "base.group_allow_export")
        rival = cls.customer_b.with_user(cls.seller_b)
        cls.customer_b.write({"phone": "+33240990099", "comment": "Wants forty pumps"})
        cls.message = rival.message_post(body="Discount of nine percent").sudo()
        cls.activity = rival.activity_schedule(TODO, summary="Call about pumps").sudo()
        cls.activity.user_id = cls.seller_b
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "rival-terms.txt",
                "raw": b"terms of a rival",
                "res_model": "res.partner",
                "res_id": cls.customer_b.id,
                "company_id": cls.company_b.id,
            }
        )
        cls.channel = cls._as(cls.seller_b, "discuss.channel")._create_channel("Rival room", None)
        cls.said = cls.channel.message_post(body="Forty pumps sold").sudo()
        cls.channel = cls.channel.sudo()
        cls.template = cls._as(cls.seller_b, "mail.template").create(
            {
                "name": "Rival letter",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "Rival subject",
                "body_html": "<p>Rival body</p>",
            }
        )
        cls.template = cls.template.sudo()
        cls.survey = cls._others("survey.survey", "survey.group_survey_user", title="Rival exam")
        cls.order = cls._others(
            "sale.order",
            "sales_team.group_sale_salesman_all_leads",
            partner_id=cls.customer_b.id,
            note="Rival note",
        )
        cls.secrets = [
            cls.customer_b.name,
            cls.customer_b.email,
            cls.customer_b.phone,
            "forty pumps",
            "nine percent",
            "Forty pumps sold",
            "Call about pumps",
            "rival-terms",
            "terms of a rival",
            "Rival room",
            "Rival subject",
            "Rival exam",
            "Rival note",
            cls.seller_b.name,
            cls.seller_b.email,
            cls.seller_b.login,
        ]
        if cls.survey:
            cls.secrets.append(cls.survey.access_token)

    @classmethod
    def _others(cls, model_name, group, **values):
        """Return a rival's record, if there is such a model; the dealer has the like of it."""
        if model_name not in cls.env:
            return None
        cls._grant(cls.seller_a, group)
        return cls.env[model_name].create({"company_id": cls.company_b.id, **values})

    def optional_doors(self):
        """Return those of models that need not be there."""
        doors = {}
        if self.survey:
            for name in ("action_start_session", "action_end_session", "get_start_url"):
                doors[f"survey: {name}"] = [("survey.survey", name, [self.survey.ids], {})]
        if self.order:
            share = {"res_model": "sale.order", "res_id": self.order.id}
            share["partner_ids"] = [(6, 0, self.seller_a.partner_id.ids)]
            doors["portal: address"] = [("sale.order", "get_portal_url", [self.order.ids], {})]
            doors["portal: share"] = [
                ("portal.share", "create", [share], {}),
                lambda made: ("portal.share", "action_send_mail", [[made]], {}),
            ]
            doors["portal: link"] = [
                ("portal.share", "create", [share], {}),
                lambda made: ("portal.share", "read", [[made], ["share_link"]], {}),
            ]
        return doors

    def doors(self):
        """Return {name: calls}: each call is (model, method, arguments, named arguments), or a
        function of the last answer that returns one.
        """
        rival, partner = self.customer_b.ids, "res.partner"
        thief, own = self.seller_a.partner_id.ids, self.customer_a.ids
        compose = {
            "model": partner,
            "res_ids": str(rival),
            "composition_mode": "comment",
            "subject": "Knock",
            "body": "Knock",
        }
        on_rival = {"res_model": partner, "res_id": rival[0]}
        merge = {"partner_ids": [(6, 0, rival + own)], "dst_partner_id": own[0]}
        invite = {"res_model": partner, "res_ids": str(rival), "partner_ids": thief}
        plan = {"res_model": partner, "res_ids": str(rival), "summary": "Knock"}
        doors = {
            **self.optional_doors(),
            # saying and hearing
            "message_post": [(partner, "message_post", [rival], {"body": "Knock"})],
            "message_notify": [
                (partner, "message_notify", [rival], {"body": "Knock", "partner_ids": thief})
            ],
            "message_mail_with_source": [
                (partner, "message_mail_with_source", [rival, "web.webclient_offline"], {})
            ],
            "message_post_with_source": [
                (partner, "message_post_with_source", [rival, "web.webclient_offline"], {})
            ],
            "message_subscribe": [(partner, "message_subscribe", [rival, thief], {})],
            "message_unsubscribe": [
                (partner, "message_unsubscribe", [rival, self.seller_b.partner_id.ids], {})
            ],
            "message_get_followers": [(partner, "message_get_followers", [rival], {})],
            "message_update": [(partner, "message_update", [rival, {}, {"comment": "Taken"}], {})],
            "toggle_message_starred": [
                ("mail.message", "toggle_message_starred", [self.message.ids], {})
            ],
            "set_message_done": [("mail.message", "set_message_done", [self.message.ids], {})],
            "mark_all_as_read": [
                ("mail.message", "mark_all_as_read", [], {"domain": [("id", ">", 0)]})
            ],
            "export of messages": [
                ("mail.message", "export_data", [self.message.ids, ["body"]], {})
            ],
            "portal_message_format": [
                ("mail.message", "portal_message_format", [self.message.ids], {})
            ],
            "mail.compose.message": [
                ("mail.compose.message", "create", [compose], {}),
                lambda made: ("mail.compose.message", "action_send_mail", [[made]], {}),
            ],
            "mail.compose.message, mass mail": [
                (
                    "mail.compose.message",
                    "create",
                    [{**compose, "composition_mode": "mass_mail"}],
                    {},
                ),
                lambda made: ("mail.compose.message", "action_send_mail", [[made]], {}),
            ],
            "mail.compose.message, rival's letter": [
                (
                    "mail.compose.message",
                    "create",
                    [{**compose, "res_ids": str(own), "template_id": self.template.id}],
                    {},
                ),
                lambda made: ("mail.compose.message", "read", [[made], ["subject"]], {}),
            ],
            "mail.compose.message, what it shows": [
                (
                    "mail.compose.message",
                    "onchange",
                    [[], {}, [], {"partner_ids": {"fields": {"display_name": {}}}, "body": {}}],
                    {"context": {"default_model": partner, "default_res_ids": rival}},
                )
            ],
            "mail.followers.edit": [
                ("mail.followers.edit", "create", [invite], {}),
                lambda made: ("mail.followers.edit", "edit_followers", [[made]], {}),
            ],
            "send_mail of a letter": [
                ("mail.template", "send_mail", [self.template.ids, own[0]], {})
            ],
            "preview of a letter": [
                (
                    "mail.template.preview",
                    "create",
                    [{"mail_template_id": self.template.id}],
                    {},
                ),
                lambda made: ("mail.template.preview", "read", [[made]], {}),
            ],
            # what is to be done
            "activity_schedule": [
                (partner, "activity_schedule", [rival], {"act_type_xmlid": TODO})
            ],
            "activity_search": [
                (partner, "activity_search", [rival, [TODO]], {"only_automated": False})
            ],
            "activity_feedback": [
                (partner, "activity_feedback", [rival, [TODO]], {"only_automated": False})
            ],
            "activity_unlink": [
                (partner, "activity_unlink", [rival, [TODO]], {"only_automated": False})
            ],
            "activity_reschedule": [
                (
                    partner,
                    "activity_reschedule",
                    [rival, [TODO]],
                    {"only_automated": False, "date_deadline": "2030-01-01"},
                )
            ],
            "action_feedback": [("mail.activity", "action_feedback", [self.activity.ids], {})],
            "action_notify": [("mail.activity", "action_notify", [self.activity.ids], {})],
            "action_cancel": [("mail.activity", "action_cancel", [self.activity.ids], {})],
            "activity_format": [("mail.activity", "activity_format", [self.activity.ids], {})],
            "get_activity_data": [
                ("mail.activity", "get_activity_data", [partner, [("id", "in", rival)]], {})
            ],
            "mail.activity.schedule": [
                ("mail.activity.schedule", "create", [plan], {}),
                lambda made: (
                    "mail.activity.schedule",
                    "action_schedule_activities",
                    [[made]],
                    {},
                ),
            ],
            # the record itself
            "copy": [(partner, "copy", [rival], {})],
            "copy_data": [(partner, "copy_data", [rival], {})],
            "export_data": [(partner, "export_data", [rival, ["name", "comment"]], {})],
            "load": [(partner, "load", [[".id", "name"], [[str(rival[0]), "Taken"]]], {})],
            "load, a rival as parent": [
                (partner, "load", [["name", "parent_id/.id"], [["Mine", str(rival[0])]]], {})
            ],
            "load, a rival by name": [
                (partner, "load", [["name", "parent_id"], [["Mine", self.customer_b.name]]], {})
            ],
            "name_create": [(partner, "name_create", [self.customer_b.name], {})],
            "name_search": [(partner, "name_search", [self.customer_b.name], {})],
            "find_or_create": [(partner, "find_or_create", [self.customer_b.email], {})],
            "address_get": [(partner, "address_get", [rival], {})],
            "get_formview_action": [(partner, "get_formview_action", [rival], {})],
            "open_commercial_entity": [(partner, "open_commercial_entity", [rival], {})],
            "get_metadata": [(partner, "get_metadata", [rival], {})],
            "merge of contacts": [
                ("base.partner.merge.automatic.wizard", "create", [merge], {}),
                lambda made: ("base.partner.merge.automatic.wizard", "action_merge", [[made]], {}),
            ],
            # logins and links
            "signup_get_auth_param": [
                (partner, "signup_get_auth_param", [rival], {}),
                (partner, "signup_get_auth_param", [self.seller_b.partner_id.ids], {}),
            ],
            "signup_prepare": [(partner, "signup_prepare", [rival], {})],
            "action_reset_password": [
                ("res.users", "action_reset_password", [self.seller_b.ids], {})
            ],
            "action_totp_invite": [("res.users", "action_totp_invite", [self.seller_b.ids], {})],
            "action_totp_disable": [("res.users", "action_totp_disable", [self.seller_b.ids], {})],
            "web_create_users": [("res.users", "web_create_users", [[self.seller_b.login]], {})],
            "portal.wizard": [
                ("portal.wizard", "create", [{"partner_ids": [(6, 0, rival)]}], {}),
                lambda made: ("portal.wizard", "read", [[made]], {}),
            ],
            # files
            "generate_access_token": [
                ("ir.attachment", "generate_access_token", [self.file.ids], {})
            ],
            "register_as_main_attachment": [
                ("ir.attachment", "register_as_main_attachment", [self.file.ids], {})
            ],
            "copy of a file": [("ir.attachment", "copy", [self.file.ids], {"default": on_rival})],
            "create_unique": [
                (
                    "ir.attachment",
                    "create_unique",
                    [
                        [
                            {
                                "name": "guess.txt",
                                "datas": base64.b64encode(self.file.raw).decode(),
                                "mimetype": self.file.mimetype,
                            }
                        ]
                    ],
                    {},
                )
            ],
            # talking
            "channel_join": [("discuss.channel", "channel_join", [self.channel.ids], {})],
            "add_members": [("discuss.channel", "add_members", [self.channel.ids, thief], {})],
            "channel_rename": [
                ("discuss.channel", "channel_rename", [self.channel.ids, "Taken"], {})
            ],
            "set_message_pin": [
                ("discuss.channel", "set_message_pin", [self.channel.ids, self.said.id, True], {})
            ],
            "execute_command_who": [
                ("discuss.channel", "execute_command_who", [self.channel.ids], {})
            ],
            "channel mentions": [
                (
                    partner,
                    "get_mention_suggestions_from_channel",
                    [self.channel.id, self.seller_b.name[:4]],
                    {},
                )
            ],
            "channel invites": [
                (
                    partner,
                    "search_for_channel_invite",
                    [self.seller_b.name],
                    {"channel_id": self.channel.id},
                )
            ],
            "invite_by_email": [
                (
                    "discuss.channel",
                    "invite_by_email",
                    [self.channel.ids, ["thief@rivage.example"]],
                    {},
                )
            ],
            "mentions": [(partner, "get_mention_suggestions", [self.seller_b.name], {})],
            "channels by name": [("discuss.channel", "get_mention_suggestions", ["Rival"], {})],
        }
        return {
            name: calls
            for name, calls in doors.items()
            if all(callable(call) or call[0] in self.env for call in calls)
        }

    def knock(self, calls):
        """Call like a client of the dealer's user; return all that was answered."""
        answers = []
        for call in calls:
            model, method, args, kwargs = call(answers[-1]) if callable(call) else call
            env = self.env(user=self.seller_a, su=False, context={})
            try:
                with self.env.cr.savepoint():
                    answers.append(call_kw(env[model], method, args, kwargs))
                    env.flush_all()
            except REFUSALS as refusal:
                return [*answers, str(refusal)]
        return answers

    def rivals_rows(self):
        """Return the rows of the rival and of all that hangs on them, as they stand."""
        self.env.flush_all()
        partners = (self.customer_b | self.seller_b.partner_id).ids
        queries = [
            SQL("SELECT t::text FROM res_partner t WHERE id IN %s", tuple(partners)),
            SQL("SELECT t::text FROM res_users t WHERE id = %s", self.seller_b.id),
            SQL("SELECT t::text FROM discuss_channel t WHERE id = %s", self.channel.id),
            SQL("SELECT t::text FROM mail_message t WHERE id = %s", self.said.id),
            SQL(
                "SELECT t::text FROM discuss_channel_member t WHERE channel_id = %s",
                self.channel.id,
            ),
            SQL("SELECT t::text FROM mail_mail t WHERE email_to LIKE %s", "%customer-b%"),
        ]
        for record in (self.survey, self.order):
            if record:
                table = SQL.identifier(record._table)
                queries.append(SQL("SELECT t::text FROM %s t WHERE id = %s", table, record.id))
        for table, column in HANGING_ON.items():
            row = SQL.identifier(table)
            named = SQL.identifier(column)
            queries.append(
                SQL(
                    "SELECT t::text FROM %s t WHERE %s IN %s ORDER BY id",
                    row,
                    named,
                    tuple(partners),
                )
            )
        return [self.env.execute_query(query) for query in queries]

    def test_no_door_of_stock_leads_to_a_rival(self):
        before, problems = self.rivals_rows(), []
        for name, calls in self.doors().items():
            with self.env.cr.savepoint() as savepoint:
                try:
                    answers = json.dumps(self.knock(calls), default=str)
                except Exception as error:
                    answers = ""
                    problems.append(f"{name} breaks: {error!r}")
                asked = json.dumps([call[2:] for call in calls if not callable(call)], default=str)
                problems += [
                    f"{name} tells {secret}: {answers[:300]}"
                    for secret in self.secrets
                    if secret in answers and secret not in asked
                ]
                if self.rivals_rows() != before:
                    problems.append(f"{name} changes what is a rival's")
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertFalse(problems, "\n".join(problems))

    def test_who_has_the_same_file_is_not_told(self):
        guess = {
            "name": "guess.txt",
            "datas": base64.b64encode(self.file.raw).decode(),
            "mimetype": self.file.mimetype,
        }
        made = self._as(self.seller_a, "ir.attachment").create_unique([guess])
        self.assertNotIn(self.file.id, made)
        self.assertEqual(self.env["ir.attachment"].browse(made).company_id, self.company_a)
