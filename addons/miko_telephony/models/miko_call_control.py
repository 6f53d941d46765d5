import secrets

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..ami import AmiError, Refused, command
from ..engine.summary import OURS

RING_SECONDS = 30


class MikoCallControl(models.AbstractModel):
    """Buttons: dial, hang up, transfer, take over, listen in.

    Each opens a connection of its own to the exchange: the answer belongs to the click, and the
    buttons work also while the listener is being restarted.
    """

    _name = "miko.call.control"
    _description = "Control of Calls"

    # ------------------------------------------------------------------ public
    @api.model
    def dial(self, number, model=None, record_id=None):
        """Ring the user's telephone, then the number.

        :param str number: in any form
        :param str model: model of the record whose number was clicked
        :param int record_id: its id
        :return: id of the new call
        :raise UserError: the user has no telephone, or the exchange does not do it
        """
        extension, record = self._my_extension(), self._clicked(model, record_id)
        pbx = extension.pbx_id
        known = pbx._number(number, self._country_of(record)) or number or ""
        dialled = "".join(sign for sign in known if sign.isdigit() or sign in "*#")
        if not dialled:
            raise UserError(self.env._("“%(number)s” is no telephone number.", number=number))
        call = self._prepare_call(extension, known, record)
        try:
            self._send(pbx, "Originate", **self._dial_fields(pbx, extension, dialled, call))
        except UserError:
            call.write({"state": "ended", "outcome": "failed", "reason": "failed"})
            raise
        return call.id

    def hang_up(self):
        """End the call; one that merely rings at the user goes on ringing at his colleagues."""
        self.ensure_one()
        self._check_part()
        for channel in self._channels_to_end():
            self._send(self.sudo().pbx_id, "Hangup", Channel=channel, Cause=16)
        return True

    def transfer(self, number, consult=False):
        """Give the customer to a colleague.

        :param str number: extension
        :param bool consult: speak with the colleague first; hanging up then joins him with the
        customer
        """
        self.ensure_one()
        self._check_part()
        self._check_not_a_colleagues()
        pbx = self.sudo().pbx_id
        if number not in pbx.extension_ids.mapped("number"):
            raise UserError(self.env._("%(number)s is nobody's extension.", number=number))
        where = {"Context": pbx.context_transfer, "Exten": number, "Priority": 1}
        if consult and self.sudo().state == "talking":
            own = self.sudo().leg_ids.filtered(lambda leg: leg.answered and not leg.ended)
            own = (own.filtered(lambda leg: leg.user_id == self.env.user) or own)[-1:]
            if not own:
                raise UserError(self.env._("Nobody is talking in this call now."))
            where.pop("Priority")
            self._send(pbx, "Atxfer", Channel=own.channel, **where)
        else:
            self._send(pbx, "Redirect", Channel=self._customer_channel(), **where)
        return True

    def transfer_to_responsible(self):
        """Give the customer to his manager."""
        self.ensure_one()
        call = self.sudo()
        extension = call.pbx_id.extension_ids.filtered(
            lambda extension: extension.user_id and extension.user_id == call.responsible_id
        )[:1]
        if not extension:
            raise UserError(self.env._("The responsible has no telephone at this exchange."))
        return self.transfer(extension.number)

    def take_over(self):
        """Bring the customer to the user's own telephone, from the ringing or from a colleague."""
        self.ensure_one()
        self.check_access("read")
        call, extension = self.sudo(), self._my_extension(self.sudo().pbx_id)
        if call.state == "talking" and not self._may_command():
            raise AccessError(
                self.env._("Only the customer's manager and heads take a call from a colleague.")
            )
        self._send(
            call.pbx_id,
            "Redirect",
            Channel=self._customer_channel(),
            Context=call.pbx_id.context_transfer,
            Exten=extension.number,
            Priority=1,
        )
        return True

    def listen_in(self):
        """Ring the user's telephone and let him hear the call without being heard."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("miko_telephony.group_listen"):
            raise AccessError(self.env._("You have no right to listen in."))
        call, extension = self.sudo(), self._my_extension(self.sudo().pbx_id)
        leg = call.leg_ids.filtered(lambda leg: leg.answered and not leg.ended)[-1:]
        if not leg:
            raise UserError(self.env._("Nobody is talking in this call now."))
        self._send(
            call.pbx_id,
            "Originate",
            Channel=f"Local/{extension.number}@{call.pbx_id.context_originate}",
            Application="ChanSpy",
            Data=f"{leg.channel},qE",
            CallerID=f"{self.env._('Listening in')} <{leg.extension}>",
            Timeout=RING_SECONDS * 1000,
            Async="true",
        )
        return True

    def block_caller(self):
        """Never show, register or count this number again; nobody has to call it back."""
        self.ensure_one()
        self._check_part()
        # sudo: who takes part in a call may block its caller, though the list is the heads'
        call = self.sudo()
        if call.number and not call.blocked:
            call.env["miko.blacklist"]._block(call.number, call.company_id)
            call.blocked = True
            call._withdraw_cards()
            call._open_callbacks().action_drop_callback()
        return True

    # ------------------------------------------------------------------ rights
    def _may_command(self):
        """Whether the user is the customer's manager, or a head."""
        own = self.sudo().responsible_id == self.env.user
        return own or self.env.user.has_group("miko_telephony.group_head")

    def _check_part(self):
        """The user takes part in the call, or may command it."""
        self.check_access("read")
        users = self.sudo().leg_ids.user_id
        if self.env.user not in users and not self._may_command():
            raise AccessError(self.env._("This is a colleague's call."))

    def _check_not_a_colleagues(self):
        """Whoever was merely rung leaves the customer to the colleague who talks with him.

        :raise AccessError: a colleague talks with the customer
        """
        # sudo: the exchange's names of channels are nobody's to read
        call = self.sudo()
        own = call.leg_ids.filtered(lambda leg: leg.user_id == self.env.user and leg.answered)
        is_taken = call.direction == "inbound" and call.state == "talking"
        if is_taken and not own and not self._may_command():
            raise AccessError(self.env._("This is a colleague's call."))

    @api.model
    def _my_extension(self, pbx=None):
        """Return the user's telephone, at one exchange when it is given.

        :raise UserError: he has none, or none there
        """
        extension = self.env["miko.extension"]._mine(pbx)
        if pbx and not extension and self.env["miko.extension"]._mine():
            raise UserError(self.env._("Your telephone is at another exchange."))
        if not extension or not self.env.user.has_group("miko_telephony.group_user"):
            raise UserError(
                self.env._("You have no telephone yet: ask your administrator for an extension.")
            )
        return extension

    # ------------------------------------------------------------------ the exchange
    def _customer_channel(self):
        call = self.sudo()
        channel = call.external_channel or call.leg_ids[:1].channel
        if call.state == "ended" or not channel:
            raise UserError(self.env._("The call is over."))
        return channel

    def _channels_to_end(self):
        """Return the customer's channel, or the user's own ones while they only ring: a colleague
        may answer, or be talking already.

        :raise AccessError: a colleague talks with the customer
        """
        # sudo: the exchange's names of channels are nobody's to read
        call, customer = self.sudo(), self._customer_channel()
        own = call.leg_ids.filtered(lambda leg: leg.user_id == self.env.user and not leg.ended)
        if call.direction != "inbound" or own.filtered("answered"):
            return [customer]
        if own:
            return own.mapped("channel")
        if not self._may_command():
            raise AccessError(self.env._("This is a colleague's call."))
        return [customer]

    @api.model
    def _send(self, pbx, action, **fields):
        """Send an action.

        :raise UserError: with the reason in plain words
        """
        try:
            return command(*pbx._account(), (action, fields))
        except Refused as error:
            raise UserError(
                self.env._(
                    "The exchange %(pbx)s does not do it: %(reason)s",
                    pbx=pbx.name,
                    reason=error.detail,
                )
            ) from error
        except (AmiError, ValueError) as error:
            raise UserError(
                self.env._("The exchange %(pbx)s does not answer.", pbx=pbx.name)
            ) from error

    @api.model
    def _dial_fields(self, pbx, extension, dialled, call):
        """Return the fields of the Originate that MikoPBX's own modules send."""
        variables = [f"pt1c_cid={dialled}"]
        if pbx.auto_answer:
            variables.append('SIPADDHEADER="Call-Info:\\;answer-after=0"')
        lid = call.alias_ids.linkedid
        return {
            "Channel": f"Local/{extension.number}@{pbx.context_originate}",
            "ChannelId": lid,
            "OtherChannelId": f"{lid}-2",
            "Context": pbx.context_dial,
            "Exten": dialled,
            "Priority": 1,
            "Variable": variables,
            "Timeout": RING_SECONDS * 1000,
            "Async": "true",
            "ActionID": f"{lid}-action",
        }

    @api.model
    def _clicked(self, model, record_id):
        """Return the record whose number was clicked, or None."""
        record = self.env[model].browse(record_id).exists() if model and record_id else None
        if record:
            record.check_access("read")
        return record or None

    @api.model
    def _country_of(self, record):
        """Return the country by whose rules a record's number is written, if it says so."""
        if record is not None and "partner_id" in record._fields and "country_id" not in record:
            record = record.partner_id
        return record is not None and "country_id" in record and record.country_id

    @api.model
    def _prepare_call(self, extension, number, record):
        """Make the call before the exchange does, so that the listener finds it by its id."""
        pbx = extension.pbx_id
        made = _Clicked(number)
        context = self.sudo()._store_context(pbx, {made.number})
        values = self.sudo()._caller_values(made, {"user_id": self.env.uid}, context)
        if record is not None:
            values.update(self._clicked_record(record))
        call = self.sudo().create(
            {
                "pbx_id": pbx.id,
                "direction": "outbound",
                "extension": extension.number,
                "last_extension": extension.number,
                "user_id": self.env.uid,
                **values,
                "alias_ids": [
                    Command.create({"pbx_id": pbx.id, "linkedid": f"{OURS}{secrets.token_hex(8)}"})
                ],
            }
        )
        # in the database before the exchange speaks of it: the listener waits for this transaction
        self.env.flush_all()
        return call

    @api.model
    def _clicked_record(self, record):
        if record._name == "res.partner":
            return {"partner_id": record.id}
        if record._name == "crm.lead":
            return {"lead_id": record.id, "partner_id": record.partner_id.id}
        if "partner_id" in record._fields and record.partner_id._name == "res.partner":
            return {"partner_id": record.partner_id.id}
        return {}


class _Clicked:
    """The little that is known of a call before it is made."""

    direction = "outbound"
    did = ""

    def __init__(self, number):
        self.number = number
