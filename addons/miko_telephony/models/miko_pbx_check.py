from markupsafe import Markup

from odoo import models

from ..ami import AmiError, Refused, command
from ..rest import RestError


class MikoPbx(models.Model):
    _inherit = "miko.pbx"

    def action_test(self):
        """Try every way into the exchange and say in plain words what works and what does not."""
        for pbx in self:
            lines = [*pbx._test_ami(), *pbx._test_rest(), *pbx._test_settings()]
            pbx.sudo().test_report = Markup("<ul>%s</ul>") % Markup("").join(
                Markup("<li class='%s'>%s %s</li>")
                % ("text-success" if good else "text-danger", "✔" if good else "✘", text)
                for good, text in lines
            )

    def _test_ami(self):
        """Return [(works, sentence)] about the manager interface."""
        try:
            answers = command(*self._account(), ("CoreSettings", {}))
        except Refused as error:
            if "permission" in str(error).lower():
                return [(True, self.env._("The exchange lets us in.")), *self._test_rights()]
            return [
                (
                    False,
                    self.env._(
                        "The exchange refuses the account “%(user)s”. Compare user and password "
                        "with those in "
                        "the exchange, and whether its network filter allows this server's "
                        "address.",
                        user=self.sudo().ami_user,
                    ),
                )
            ]
        except (AmiError, ValueError):
            return [
                (
                    False,
                    self.env._(
                        "Nobody answers at %(host)s, port %(port)s. Is the address right, the "
                        "exchange on, "
                        "and the port open in its firewall for this server?",
                        host=self.host,
                        port=self.ami_port,
                    ),
                )
            ]
        version = answers[0].get("AsteriskVersion", "")
        return [
            (True, self.env._("The exchange lets us in (Asterisk %(version)s).", version=version)),
            *self._test_rights(),
        ]

    def _test_rights(self):
        """Whether the account may see calls and make them."""
        wanted = {
            "CoreShowChannels": self.env._("see calls (read: call, reporting)"),
            "Originate": self.env._("make calls (write: originate)"),
            "Redirect": self.env._("transfer calls (write: call)"),
        }
        lacking = []
        for action, right in wanted.items():
            try:
                command(*self._account(), (action, {}))
            except Refused as error:
                if "permission" in str(error).lower():
                    lacking.append(right)
            except AmiError:
                lacking.append(right)
        if lacking:
            text = self.env._("The account may not: %(rights)s.", rights=", ".join(lacking))
            return [(False, text)]
        return [(True, self.env._("The account has the rights it needs."))]

    def _test_rest(self):
        """Return [(works, sentence)] about the web interface, and note which history it has."""
        pbx = self.sudo()
        if not (pbx.rest_url and pbx.rest_key):
            pbx.history = "none"
            return [
                (
                    False,
                    self.env._(
                        "No web interface or API key is given: calls made while nobody listens "
                        "are not caught "
                        "up, and there are no recordings."
                    ),
                )
            ]
        pbx.history = pbx.history if pbx.history != "none" else "v3"
        try:
            pbx.history = pbx._rest().version()
        except RestError as error:
            return [(False, self._rest_words(error))]
        if pbx.history == "old":
            return [
                (
                    False,
                    self.env._(
                        "The exchange is older than 2026.1: recordings are fetched, but calls "
                        "made while nobody "
                        "listens are not caught up."
                    ),
                )
            ]
        return [(True, self.env._("The call history can be read."))]

    def _rest_words(self, error):
        """Return what an error of the web interface means.

        :param error: :class:`~..rest.RestError`
        """
        words = {
            "unreachable": self.env._(
                "The web interface does not answer. Is its address right, and reachable from here?"
            ),
            "certificate": self.env._(
                "The certificate of the web interface is not trusted. Install a proper one in "
                "the exchange, or "
                "take the check off."
            ),
            "unauthorised": self.env._(
                "The API key is wrong, or has expired. Make a new one in the exchange."
            ),
            "forbidden": self.env._(
                "The API key may not read the call history. Allow it the path "
                "/pbxcore/api/v3/cdr, and this "
                "server's address."
            ),
            "missing": self.env._(
                "At this address there is no MikoPBX, or the call history is not there."
            ),
            "busy": self.env._("The exchange has too much to do; it will be asked again."),
            "not_json": self.env._(
                "What answers at this address is a web page and no call history. Is it the "
                "exchange's address?"
            ),
            "refused": self.env._("The exchange refused the request."),
        }
        return words[error.kind]

    def _sounds(self, lids, since, paths):
        """Return what the exchange has recorded of a call, and why there is nothing.

        :param lids: linked ids of the call
        :param str since: earliest start in the history
        :param paths: files that the exchange named during the call
        :return: [(path, sound, MIME type)] of all parts, and a sentence or False
        """
        rest = self._rest()
        if not rest:
            return [], self.env._("The exchange has no web interface.")
        try:
            if self.history == "old":
                found = [(path, *rest.recording(path)) for path in paths]
            else:
                found = rest.sounds(lids, since)
        except RestError as error:
            return [], self._rest_words(error)
        return found, False if found else self.env._("The exchange has no file yet.")

    def _test_settings(self):
        """What is lacking in Odoo itself."""
        lines = []
        if not self.extension_ids:
            lines.append(
                (False, self.env._("No colleague has an extension yet: nobody will get a card."))
            )
        if not self.channel_id:
            lines.append(
                (
                    False,
                    self.env._("No channel is chosen: one named like the exchange will be made."),
                )
            )
        if not (self.duty_user_id or self.channel_id.head_id):
            lines.append(
                (False, self.env._("Nobody is on duty: some missed calls will be nobody's task."))
            )
        return lines
