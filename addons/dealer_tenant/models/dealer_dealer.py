from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DealerDealer(models.Model):
    """Where a dealer works: its tenant, its working mode and the end of both."""

    _inherit = "dealer.dealer"

    former_company_id = fields.Many2one(
        "res.company",
        string="Former tenant",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Archived tenant of a dealer that left full mode; it is taken up again "
        "when the dealer returns.",
    )
    api_user_id = fields.Many2one(
        "res.users",
        string="API user",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Technical user by which a connected dealer's own system calls the partner API.",
    )

    # ------------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        dealers = super().create(vals_list)
        dealers.filtered("company_id")._drop_foreign_members()
        return dealers

    def write(self, vals):
        vals = dict(vals)
        if "mode" in vals:
            self._change_mode(vals.pop("mode"))
        res = super().write(vals)
        if vals.get("company_id"):
            self._drop_foreign_members()
        return res

    # --------------------------------------------------------------- actions
    def action_change_mode(self):
        """Open the wizard that moves the dealer to another working mode."""
        self.ensure_one()
        self._check_provisioner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change working mode"),
            "res_model": "dealer.mode.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dealer_id": self.id},
        }

    # ------------------------------------------------------------------ mode
    def _change_mode(self, mode):
        """Move the dealers to another working mode. Writing ``mode`` comes here too.

        Leaving full mode needs a tenant without open documents and archives it.
        What the new mode needs (company, logins, API user) is made by
        provisioning, which the caller starts.

        :param mode: ``full``, ``light`` or ``connected``
        :raise UserError: when a tenant still has open documents
        """
        for dealer in self.filtered(lambda d: d.mode != mode):
            before = dealer.mode
            if dealer.provisioning_state == "none":
                super(DealerDealer, dealer).write({"mode": mode})
                continue
            dealer._check_provisioner()
            if before == "full":
                dealer._check_tenant_closed()
            super(DealerDealer, dealer.sudo()).write(
                {"mode": mode, "provisioning_state": "none", "provisioning_progress": 0}
            )
            dealer._leave_mode(before)

    def _leave_mode(self, before):
        """Take back what the mode left behind gave; ``mode`` is the new one already."""
        self.ensure_one()
        if before == "connected":
            self.api_user_id.sudo().filtered("active").action_archive()
        elif self.mode == "connected":
            self._current_staff()._revoke_access()
        if before == "full" and self.company_id:
            company = self.company_id
            self.sudo().write({"company_id": False, "former_company_id": company.id})
            if self.mode == "light":
                self._current_staff()._grant_access(invite=False)
            self._archive_tenant(company)

    def _check_tenant_closed(self):
        """Refuse to close a tenant in which business is still open."""
        self.ensure_one()
        documents = self._open_tenant_documents()
        if documents:
            raise UserError(
                self.env._(
                    "%(dealer)s still has open documents: %(documents)s. "
                    "Close or cancel them before the dealer leaves full mode.",
                    dealer=self.display_name,
                    documents=", ".join(f"{label} ({count})" for label, count in documents),
                )
            )

    def _open_tenant_documents(self):
        """Kinds of document that are still open in the dealer's tenant.

        :return: list of (name of the kind, count), without the kinds with none
        """
        self.ensure_one()
        if not self.company_id:
            return []
        company = self.sudo().company_id
        found = []
        for model_name, domain in self._open_document_domains().items():
            model = self.env[model_name].sudo().with_company(company)
            count = model.search_count([("company_id", "=", company.id), *domain])
            if count:
                label = self.env["ir.model"]._get(model_name).sudo().name
                found.append((label, count))
        return found

    @api.model
    def _open_document_domains(self):
        """What is open, by model. Capabilities add theirs.

        :return: dict, model with a ``company_id`` to domain of its open records
        """
        return {}

    # ------------------------------------------------------------ the tenant
    def _set_state(self, state, *args, **kwargs):
        res = super()._set_state(state, *args, **kwargs)
        if state == "terminated":
            self._close_tenant()
        return res

    def _close_tenant(self):
        """End every login of the dealers and archive their tenants.

        A job that has ended may have an open login still, until the next run of the cron.
        """
        signing_in = self.sudo().staff_ids.filtered("user_id.active")
        (self._current_staff() | signing_in)._revoke_access()
        self.sudo().api_user_id.filtered("active").action_archive()
        for dealer in self.sudo().filtered("company_id"):
            dealer._archive_tenant(dealer.company_id)
        self.sudo()._note_provisioning(provisioning_state="none", provisioning_progress=0)

    def _archive_tenant(self, company):
        """Archive the tenant and what stands for it. Capabilities extend this.

        :param company: res.company, no longer necessarily the dealer's
        """
        self.ensure_one()
        company.sudo().action_archive()

    def _unarchive_tenant(self, company):
        """Take an archived tenant up again. Capabilities extend this."""
        self.ensure_one()
        company.sudo().action_unarchive()

    def _drop_foreign_members(self):
        """Nobody but a dealer's own people is a member of its company.

        Odoo makes whoever creates a company a member of it; an OEM user who does
        so by hand and picks it as a dealer's tenant loses the membership here.
        The superuser stays: crons and jobs act as it.
        """
        companies = self.sudo().company_id
        members = companies.with_context(active_test=False).user_ids
        outsiders = members.filtered(
            lambda user: not (user.share or user.is_dealer_user or user._is_superuser())
        )
        for user in outsiders:
            left = user.company_ids - companies
            if not left:
                raise UserError(
                    self.env._(
                        "%(user)s belongs to no other company than %(company)s: give this user "
                        "a company of the OEM before it becomes a dealer's tenant.",
                        user=user.display_name,
                        company=", ".join(companies.mapped("name")),
                    )
                )
            values = {"company_ids": [fields.Command.set(left.ids)]}
            if user.company_id not in left:
                values["company_id"] = left[0].id
            user.write(values)

    # --------------------------------------------------------------- helpers
    @api.model
    def _dealer_path(self, model):
        """Return the field by which records of a model name their dealer, or nothing."""
        if model._name == self._name:
            return "id"
        field = model._fields.get("dealer_id")
        named = field is not None and field.comodel_name == self._name
        return "dealer_id" if named and field._description_searchable else ""

    def _current_staff(self):
        """Staff lines of the dealers that are in force today."""
        return self.sudo().staff_ids.filtered(lambda line: line.state == "current")

    def _check_provisioner(self):
        """Only OEM administrators give, move or take a dealer's place of work."""
        if not self.env.su and not self.env.user.has_group(
            "dealer_network.group_network_administrator"
        ):
            raise AccessError(
                self.env._("Only network administrators provision dealers or change their mode.")
            )
