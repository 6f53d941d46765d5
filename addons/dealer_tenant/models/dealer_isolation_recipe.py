from odoo import api, models


class DealerIsolationRecipe(models.AbstractModel):
    """How the isolation check makes a kind that needs more than its required fields.

    An add-on adds a method ``_make_<model with underscores>(self, maker)`` that returns
    values for ``create`` or the finished record. ``maker.record("res.partner")`` gives a
    record of another kind, ``maker.env`` is the user's environment.
    """

    _name = "dealer.isolation.recipe"
    _description = "Recipes of the Isolation Check"

    @api.model
    def _recipe(self, model_name):
        """Return the recipe of a kind, or None."""
        return getattr(self, "_make_" + model_name.replace(".", "_"), None)

    @api.model
    def _recipe_oem(self, model_name):
        """Return the recipe by which the OEM makes what is between it and a dealer, or None."""
        return getattr(self, "_make_by_oem_" + model_name.replace(".", "_"), None)

    @api.model
    def _skipped_models(self):
        """Models without records of their own: there is nothing to steal."""
        return {"base", "res.users.apikeys.show", "calendar.alarm_manager"}

    def _make_res_users(self, maker):
        """The rival's user itself."""
        return maker.env.user.sudo(False)

    def _make_res_company(self, maker):
        return maker.env.company.sudo(False)

    def _make_ir_attachment(self, maker):
        partner = maker.record("res.partner")
        return {
            "name": "confidential.txt",
            "raw": b"confidential",
            "res_model": partner._name,
            "res_id": partner.id,
        }

    def _make_ir_filters(self, maker):
        return {"name": "Isolation probe", "model_id": "res.partner"}

    def _make_ir_exports(self, maker):
        return {"name": "Isolation probe", "resource": "res.partner"}

    def _make_ir_exports_line(self, maker):
        return {"name": "display_name", "export_id": maker.record("ir.exports").id}

    def _make_ir_default(self, maker):
        field = maker.env["ir.model.fields"].sudo()._get("res.partner", "city")
        return {"field_id": field.id, "json_value": '"Here"', "user_id": maker.env.uid}

    def _make_mail_message(self, maker):
        return maker.record("res.partner").message_post(body=self.env._("Isolation probe"))

    def _make_mail_activity(self, maker):
        return maker.record("res.partner").activity_schedule(
            "mail.mail_activity_data_todo", summary="Isolation probe"
        )

    def _make_mail_followers(self, maker):
        partner = maker.record("res.partner")
        partner.message_subscribe(maker.env.user.partner_id.ids)
        return partner.sudo().message_follower_ids[:1].sudo(False)

    def _make_mail_notification(self, maker):
        partner = maker.record("res.partner")
        message = partner.message_post(body=self.env._("Isolation probe"), partner_ids=partner.ids)
        return message.sudo().notification_ids[:1].sudo(False)

    def _make_mail_template(self, maker):
        model = maker.env["ir.model"].sudo()._get("res.partner")
        return {"name": "Isolation probe", "model_id": model.id}

    def _make_mail_scheduled_message(self, maker):
        partner = maker.record("res.partner")
        return {
            "body": "Isolation probe",
            "model": partner._name,
            "res_id": partner.id,
            "author_id": maker.env.user.partner_id.id,
        }

    def _make_discuss_channel(self, maker):
        return {"name": "Isolation probe", "channel_type": "channel"}

    def _make_discuss_channel_member(self, maker):
        channel = maker.record("discuss.channel")
        return channel.sudo().channel_member_ids[:1].sudo(False)

    def _make_discuss_call_history(self, maker):
        channel = maker.record("discuss.channel")
        return (
            maker.env["discuss.call.history"]
            .sudo()
            .create({"channel_id": channel.id, "start_dt": maker.env.cr.now()})
            .sudo(False)
        )

    def _make_res_users_settings(self, maker):
        return maker.env["res.users.settings"]._find_or_create_for_user(maker.env.user)

    def _make_res_users_apikeys(self, maker):
        Keys = maker.env["res.users.apikeys"].sudo()
        Keys._generate("rpc", "Isolation probe", None)
        return Keys.search([("user_id", "=", maker.env.uid)], limit=1).sudo(False)

    def _make_ir_embedded_actions(self, maker):
        action = maker.env["ir.actions.act_window"].sudo().search([], limit=1)
        return {
            "name": "Isolation probe",
            "parent_action_id": action.id,
            "action_id": action.id,
            "parent_res_model": "res.partner",
        }

    def _make_res_partner_bank(self, maker):
        return {"acc_number": "ISOLATION-1", "partner_id": maker.record("res.partner").id}

    def _make_by_oem_dealer_person(self, maker):
        dealer = maker.record("dealer.dealer")
        return dealer.staff_ids.person_id[:1]

    def _make_by_oem_dealer_staff(self, maker):
        return maker.record("dealer.dealer").staff_ids[:1]

    def _make_by_oem_dealer_coverage(self, maker):
        return {"user_id": maker.env.ref("base.user_admin").id}

    def _make_by_oem_dealer_affiliation(self, maker):
        dealer = maker.record("dealer.dealer")
        return dealer.affiliation_ids[:1] or {"dealer_id": dealer.id}
