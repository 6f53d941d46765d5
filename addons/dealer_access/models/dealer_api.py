import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .res_users_apikeys import API_SCOPE

_logger = logging.getLogger(__name__)

API_VERSION = "1"


class DealerApiError(UserError):
    """What a partner's system did wrong, in words for a person and for a program.

    :param str code: stable, in English, never translated
    :param str message: in the caller's language
    :param str path: field of the call that is wrong, as ``lines[3].quantity``
    """

    def __init__(self, code, message, path=""):
        super().__init__(message)
        self.code = code
        self.path = path
        self.context = {"code": code, "path": path}


class DealerApi(models.AbstractModel):
    """The facade for systems of connected dealers, and its gate.

    Methods answer with plain values and without null, so that JSON-2 and XML-RPC give
    the same. An answer is ``{"ok": True, …}``, or ``{"ok": False, "errors": [{"code",
    "path", "message"}]}``.
    """

    _name = "dealer.api"
    _description = "Partner API"

    # ----------------------------------------------------------------- methods
    @api.model
    def ping(self):
        """Say who is calling and what it may do.

        :return: dict of ``ok``, ``version``, ``time`` (UTC, ISO 8601), ``dealer`` (``code``,
            ``name``, ``state``, ``mode``) and ``processes`` (list of ``code``, ``name``)
        """
        return self._answer(self._ping)

    @api.model
    def _ping(self, dealer):
        return {
            "version": API_VERSION,
            "time": fields.Datetime.now().isoformat() + "Z",
            "dealer": {
                "code": dealer.code,
                "name": dealer.name,
                "state": dealer.state,
                "mode": dealer.mode,
            },
            "processes": self._permitted_processes(dealer),
        }

    @api.model
    def _permitted_processes(self, dealer):
        """Return the processes that a dealer may run; add-ons add and withhold.

        :param dealer: dealer.dealer (sudo)
        :return: list of dict of ``code`` and ``name``, sorted by code
        """
        rows = self.env["dealer.api.model"].sudo().search([]).filtered("installed")
        permitted = self._key_of_call().api_model_ids or rows
        names = {row.process: row.name for row in rows if row in permitted}
        return [{"code": code, "name": names[code]} for code in sorted(names)]

    # ------------------------------------------------------------------ frame
    @api.model
    def _answer(self, handler, *args, **kwargs):
        """Run one call of the facade for the caller's dealer.

        What a partner's system is told of an error depends on nothing but this method:
        no traceback, no name of a model.

        :param handler: method of a facade, gets the dealer (sudo) and the arguments
        :return: dict, the answer
        """
        facade = self.with_env(self.env(context=self._clean_context()))
        try:
            dealer = facade._caller_dealer()
            with self.env.cr.savepoint():
                return {"ok": True, **handler.__func__(facade, dealer, *args, **kwargs)}
        except DealerApiError as error:
            return facade._failure(error.code, str(error), error.path)
        except AccessError:
            _logger.info("Partner API: access denied to user #%s", self.env.uid)
            return facade._failure("access_denied", facade.env._("This is not open to you."))
        except UserError as error:
            return facade._failure("refused", str(error))

    @api.model
    def _failure(self, code, message, path=""):
        return {"ok": False, "errors": [{"code": code, "path": path, "message": message}]}

    @api.model
    def _clean_context(self):
        """Nothing of the caller's context counts but the language."""
        wanted = self.env["res.lang"]._get_code(self.env.context.get("lang") or "")
        return {"lang": wanted or self.env.user.lang or "en_US", "tz": "UTC"}

    @api.model
    def _caller_dealer(self):
        """Return the caller's dealer (sudo).

        :raise DealerApiError: the caller works for none
        """
        dealer = self.env.user.sudo().dealer_id
        if not dealer:
            raise DealerApiError("no_dealer", self.env._("You do not work for a dealer."))
        return dealer

    # ------------------------------------------------------------------- gate
    @api.model
    def _enter(self, user, secret, model, method):
        """Let a technical user's call through, or refuse it.

        Called at every door after the key itself was found good.

        :param user: res.users
        :param str secret: the key as sent
        :param str model: model of the call; empty where it is no call of a method
        :param str method: its method
        :raise AccessError: the call is not in the list, or not open to this key
        """
        allowed = self.env["dealer.api.model"]._allowed().get((model, method))
        key = self.env["dealer.api.key"].sudo()._of_secret(user, secret)
        if not allowed or not key._opens(allowed[0]):
            _logger.info("Partner API: user #%s refused %s.%s", user.id, model, method)
            raise AccessError(
                self.env(user=user.id)._(
                    "%(model)s.%(method)s is not part of the partner API, or not open to this key.",
                    model=model,
                    method=method,
                )
            )
        key._touch()

    @api.model
    def _key_of_call(self):
        """Return the key by which the current request came, empty outside a request."""
        return self.env["dealer.api.key"].sudo()._of_request(self.env.user)

    @api.model
    def _scope(self):
        return API_SCOPE
