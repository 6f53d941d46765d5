from odoo import api, fields, models
from odoo.exceptions import ValidationError

API_SCOPE = "dealer_api"


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        """Keep two kinds of key apart.

        Keys of the scope ``dealer_api`` belong to the technical users of connected
        dealers and open the partner facade, at the stock doors of RPC. Such a user's
        other keys open nothing, and nobody else's key has this scope.

        A dealer whose state lets nobody sign in has no valid keys.
        """
        user_id = super()._check_credentials(scope=scope, key=key)
        if scope != "rpc":
            return user_id
        if user_id:
            user = self._owner(user_id)
            return None if user._is_dealer_api() or user._is_shut_out() else user_id
        user_id = super()._check_credentials(scope=API_SCOPE, key=key)
        if not user_id:
            return None
        user = self._owner(user_id)
        return user_id if user._is_dealer_api() and not user._is_shut_out() else None

    @api.model
    def _owner(self, user_id):
        """Return the user of a good key, in its own environment.

        The request is not authenticated yet, and groups cannot be computed for nobody.
        """
        return self.env["res.users"].with_user(user_id).browse(user_id)

    def _check_expiration_date(self, date):
        """Keys of a dealer's people live no longer than the region allows."""
        super()._check_expiration_date(date)
        user = self.env.user
        if self.env.su or not user.is_dealer_user or not date:
            return
        days = self.env["dealer.api.key"]._max_days()
        if date > fields.Datetime.add(fields.Datetime.now(), days=days):
            raise ValidationError(
                self.env._("An API key may live for %(days)d days at most.", days=days)
            )

    def _generate(self, scope, name, expiration_date):
        key = super()._generate(scope, name, expiration_date)
        if scope in (None, "rpc") and self._name == "res.users.apikeys":
            self.env["dealer.access.event"]._log("key_created", self.env.user, detail="own key")
        return key

    def unlink(self):
        if self._name == "res.users.apikeys":
            for user, keys in self.sudo().grouped("user_id").items():
                self.env["dealer.access.event"]._log(
                    "key_revoked", user, detail=f"{len(keys)} key(s)"
                )
        return super().unlink()
