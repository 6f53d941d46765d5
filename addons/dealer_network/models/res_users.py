from odoo import api, fields, models
from odoo.tools import SQL


class ResUsers(models.Model):
    _inherit = "res.users"

    dealer_staff_ids = fields.One2many("dealer.staff", "user_id", string="Jobs at dealers")
    dealer_id = fields.Many2one(
        "dealer.dealer",
        compute="_compute_dealer_id",
        store=True,
        index="btree_not_null",
        compute_sudo=True,
        help="Where the user works today; the first job when there are several.",
    )
    dealer_scope_ids = fields.Many2many(
        "dealer.dealer",
        "dealer_dealer_user_scope_rel",
        "user_id",
        "dealer_id",
        string="Dealers in scope",
        readonly=True,
        copy=False,
        context={"active_test": False},
        help="Dealers whose network documents the user may see.",
    )
    is_dealer_user = fields.Boolean(
        string="Works for a dealer",
        compute="_compute_is_dealer_user",
        compute_sudo=True,
        search="_search_is_dealer_user",
    )

    @api.depends(
        "dealer_staff_ids.state", "dealer_staff_ids.dealer_id", "dealer_staff_ids.date_start"
    )
    def _compute_dealer_id(self):
        for user in self:
            current = user.dealer_staff_ids.filtered(lambda staff: staff.state == "current")
            user.dealer_id = current.sorted(lambda staff: (staff.date_start, staff.id))[
                :1
            ].dealer_id

    @api.depends("all_group_ids")
    def _compute_is_dealer_user(self):
        groups = self._dealer_groups()
        for user in self:
            user.is_dealer_user = bool(user.all_group_ids & groups)

    def _search_is_dealer_user(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("all_group_ids", "in", self._dealer_groups().ids)]

    @api.model
    def _dealer_groups(self):
        """Return the groups that make somebody a dealer's user."""
        return self.env.ref("dealer_network.group_dealer_user") | self.env.ref(
            "dealer_network.group_dealer_api"
        )

    @api.model
    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"dealer_scope_ids", "dealer_id"}

    def _sync_dealer_scope(self):
        """Write the dealers whose documents the users may see.

        These are the dealers where a user works today, and below them every
        dealer that shares with its parent, down to the first that does not.
        Set-based: two queries for any number of users.
        """
        if not self:
            return
        self._write_dealer_scope()
        self.invalidate_recordset(["dealer_scope_ids", "dealer_id"], flush=True)
        self.env["dealer.dealer"].invalidate_model(["scope_user_ids"])
        # record rules are cached by user with the scope written into the domain
        self.env.registry.clear_cache()

    def _write_dealer_scope(self):
        self.env["dealer.staff"].flush_model(["user_id", "dealer_id", "date_start", "date_end"])
        self.env["dealer.dealer"].flush_model(["parent_id", "share_with_parent"])
        scope = SQL(
            """
            WITH RECURSIVE scope(user_id, dealer_id) AS (
                SELECT staff.user_id, staff.dealer_id
                  FROM dealer_staff staff
                 WHERE staff.user_id IN %(users)s
                   AND staff.date_start <= %(today)s
                   AND (staff.date_end IS NULL OR staff.date_end >= %(today)s)
                 UNION
                SELECT scope.user_id, child.id
                  FROM scope
                  JOIN dealer_dealer child ON child.parent_id = scope.dealer_id
                 WHERE child.share_with_parent
            )
            """,
            users=tuple(self.ids),
            today=fields.Date.today(),
        )
        self.env.cr.execute(
            SQL(
                """
            %(scope)s
            DELETE FROM dealer_dealer_user_scope_rel rel
             WHERE rel.user_id IN %(users)s
               AND NOT EXISTS (SELECT FROM scope
                                WHERE scope.user_id = rel.user_id
                                  AND scope.dealer_id = rel.dealer_id)
            """,
                scope=scope,
                users=tuple(self.ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """
            %(scope)s
            INSERT INTO dealer_dealer_user_scope_rel (user_id, dealer_id)
            SELECT user_id, dealer_id FROM scope
            ON CONFLICT DO NOTHING
            """,
                scope=scope,
            )
        )
