from markupsafe import Markup

from odoo import models

from ..ami import AmiError, Refused, command
from ..rest import RestError


class MikoPbx(models.Model):
    _inherit = "miko.pbx"

    def action_test(self):
        """Try every way into the exchange and say in plain words what works and what does not."""
        self.check_access("write")
        for pbx in self:
            lines = [*pbx._test_ami(), *pbx._test_rest(), *pbx._test_settings()]
            pbx.sudo().test_report = Markup("<ul>%s</ul>") % Markup("").join(
                Markup("<li class='%s'>%s %s</li>")
                % ("text-success" if good else "text-danger", "✔" if good else "✘", text)
                for good, text in lines
            )
        return True

    def _test_ami(self):
        """Return [(works, sentence)] about the manager interface."""
        try:
            answers = command(*self._account(), ("CoreSettings", {}))
        except Refused as error:
            if "permission" not in str(error).lower():
                return [(False, self._ami_words(error.kind))]
            return [(True, self.env._("The exchange lets us in.")), *self._test_rights()]
        except AmiError as error:
            return [(False, self._ami_words(error.kind))]
        except ValueError:  # a line break in the account
            return [(False, self._ami_words("refused"))]
        version = answers[0].get("AsteriskVersion", "")
        return [
            (True, self.env._("The exchange lets us in (Asterisk %(version)s).", version=version)),
            *self._test_rights(),
        ]

    def _ami_words(self, kind):
        """Return what a failure of the manager interface means, and what to do.

        :param str kind: see `CAUSES` of miko.gap
        """
        place = {"host": self.host, "port": self.ami_port}
        silent = self.env._(
            "%(host)s answers no more at port %(port)s. Is the exchange overloaded, or being "
            "restarted?",
            **place,
        )
        words = {
            "listener": self.env._(
                "The listener does not run. Whoever looks after the server starts it again: "
                "“odoo telephony”, with containers the service “telephony”."
            ),
            "unknown_host": self.env._(
                "No machine has the name %(host)s. Is it spelt right, without “https://”, and "
                "known to this server's name service?",
                **place,
            ),
            "no_port": self.env._(
                "There is a machine at %(host)s, but nothing listens at port %(port)s. Is the "
                "manager interface (AMI) switched on in the exchange, and its port 5038?",
                **place,
            ),
            "no_answer": self.env._(
                "Nobody answers at %(host)s, port %(port)s. Is the address right, the exchange on, "
                "and the port open in its firewall for this server?",
                **place,
            ),
            "not_ami": self.env._(
                "Something answers at %(host)s, port %(port)s, but it is no manager interface. A "
                "web page's port or an encrypted one does not do: AMI is at 5038.",
                **place,
            ),
            "closed": self.env._(
                "%(host)s closes the connection at port %(port)s at once. Does the exchange's "
                "network filter allow this server's address?",
                **place,
            ),
            "refused": self.env._(
                "The exchange refuses the account “%(user)s”. Compare user and password with those "
                "in the exchange, and whether its network filter allows this server's address.",
                user=self.sudo().ami_user,
            ),
        }
        return words.get(kind, silent)

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
            return [(False, self._rest_words(error.kind))]
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

    def _rest_words(self, kind):
        """Return what an error of the web interface means.

        :param str kind: of a :class:`~..rest.RestError`
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
            "no_interface": self.env._("The exchange has no web interface."),
            "no_file": self.env._("The exchange has no file yet."),
        }
        return words.get(kind, words["refused"])

    def _sounds(self, lids, since, paths):
        """Return what the exchange has recorded of a call, and why there is nothing.

        :param lids: linked ids of the call
        :param str since: earliest start in the history
        :param paths: files that the exchange named during the call
        :return: [(path, sound, MIME type)] of all parts, and the kind of a problem: that of a
            :class:`~..rest.RestError`, "no_interface", "no_file", or False
        """
        rest = self._rest()
        if not rest:
            return [], "no_interface"
        try:
            if self.history == "old":
                found = [(path, *rest.recording(path)) for path in paths]
            else:
                found = rest.sounds(lids, since)
        except RestError as error:
            return [], error.kind
        return found, False if found else "no_file"

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
        if not self._keeper():
            lines.append(
                (
                    False,
                    self.env._(
                        "Nobody looks after the exchange: nobody is told when it is not listened "
                        "to."
                    ),
                )
            )
        return lines
