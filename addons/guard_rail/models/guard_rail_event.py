import logging
import threading

from odoo import SUPERUSER_ID, api, fields, models

_logger = logging.getLogger(__name__)


class GuardRailEvent(models.Model):
    """What happened at the guard rails of a dealer. Written by the system, changed by nobody."""

    _name = "guard.rail.event"
    _description = "Event at a Guard Rail"
    _order = "id desc"
    _rec_name = "what"

    date = fields.Datetime(default=fields.Datetime.now, required=True, index=True)
    event = fields.Selection(
        [
            ("stopped", "Stopped"),
            ("asked", "Asked"),
            ("confirmed", "Confirmed"),
            ("refused", "Refused"),
            ("expired", "Expired"),
            ("overridden", "Emergency"),
            ("undone", "Undone"),
        ],
        required=True,
    )
    dealer_id = fields.Many2one("dealer.dealer", index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", index=True, ondelete="set null")
    rail_id = fields.Many2one("guard.rail", index="btree_not_null", ondelete="set null")
    request_id = fields.Many2one("guard.rail.request", index="btree_not_null", ondelete="set null")
    what = fields.Char(required=True)
    reason = fields.Char()

    @api.model
    def _log(self, event, what, rail=None, request=None, reason=None, user=None):
        """Record an event, and one line for the support."""
        user = user or self.env.user
        dealer = (request and request.dealer_id) or user.sudo().dealer_id
        _logger.info(
            "guard rail %s: %s by user %s, request %s",
            rail and rail.id,
            event,
            user.id,
            request and request.id,
        )
        return self.sudo().create(
            {
                "event": event,
                "what": what,
                "rail_id": rail.id if rail else False,
                "request_id": request.id if request else False,
                "reason": reason,
                "user_id": user.id,
                "dealer_id": dealer.id,
            }
        )

    @api.model
    def _log_stop(self, rail, records):
        """Record that somebody was stopped, although what he did is undone by it.

        The line is written after the transaction was rolled back, in one of its own.
        """
        values = {
            "event": "stopped",
            "what": rail._describe(records),
            "rail_id": rail.id,
            "user_id": self.env.uid,
            "dealer_id": self.env.user._dealer_at_work(records).id,
        }
        registry = self.env.registry
        _logger.info(
            "guard rail %s: stopped user %s on %s %s",
            rail.id,
            self.env.uid,
            records._name,
            records.ids[:10],
        )

        def write():
            with registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["guard.rail.event"].create(values)

        if not getattr(threading.current_thread(), "testing", False):
            self.env.cr.postrollback.add(write)
        return values
