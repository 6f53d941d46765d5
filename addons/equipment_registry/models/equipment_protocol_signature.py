import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

#: Sides that sign, with the field that names who signs for them.
SIDES = ("technician", "customer")
#: What starting and signing write, and nobody else.
STAMPS = {
    "technician_signer_id",
    "technician_signed_at",
    "customer_signed_at",
    "content_hash",
    "date_started",
    "date_done",
}
#: What may still be written after the first signature.
OPEN_AFTER_SIGNATURE = STAMPS | {
    "technician_signature",
    "technician_signer",
    "customer_signature",
    "customer_signer",
    "state",
    # stored computations and the chatter
    "outcome",
    "progress",
    "activity_ids",
    "message_follower_ids",
    "message_ids",
}


class EquipmentProtocolSignature(models.Model):
    """Signatures of both sides: each once, over the same content, closed from the first on."""

    _inherit = "equipment.protocol"

    technician_signature = fields.Binary(attachment=True, copy=False)
    technician_signer = fields.Char(
        string="Name of the technician",
        compute="_compute_technician_signer",
        store=True,
        readonly=False,
        copy=False,
    )
    technician_signer_id = fields.Many2one(
        "res.users", string="Signed by", readonly=True, copy=False, ondelete="restrict"
    )
    technician_signed_at = fields.Datetime(readonly=True, copy=False)
    customer_signature = fields.Binary(attachment=True, copy=False)
    customer_signer = fields.Char(string="Name of the customer's person", copy=False)
    customer_signed_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(
        string="Fingerprint",
        readonly=True,
        copy=False,
        help="SHA-256 over what both sides signed, as printed.",
    )
    is_content_intact = fields.Boolean(compute="_compute_is_content_intact")
    is_signed = fields.Boolean(compute="_compute_is_signed", string="Signed by a side")

    @api.depends("user_id")
    def _compute_technician_signer(self):
        for protocol in self.filtered(lambda one: not one.technician_signed_at):
            protocol.technician_signer = protocol.user_id.name

    @api.depends("technician_signed_at", "customer_signed_at")
    def _compute_is_signed(self):
        for protocol in self:
            protocol.is_signed = protocol.technician_signed_at or protocol.customer_signed_at

    @api.depends("content_hash")
    def _compute_is_content_intact(self):
        """Whether the content still is what was signed, whoever may have changed it."""
        for protocol in self:
            hashed = protocol.content_hash
            protocol.is_content_intact = not hashed or hashed == protocol._fingerprint()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if any(vals.get(f"{side}_signature") for side in SIDES):
                raise UserError(self.env._("A protocol is signed after its work, not before."))
        return super().create(vals_list)

    def write(self, vals):
        """Sign, where a signature is among the values; else leave what is signed alone."""
        self._check_stamps(vals)
        signing = [side for side in SIDES if f"{side}_signature" in vals]
        if signing:
            content = {name: vals[name] for name in vals if name not in OPEN_AFTER_SIGNATURE}
            if content:
                self.write(content)
            return self._sign(
                signing, {name: vals[name] for name in vals if name in OPEN_AFTER_SIGNATURE}
            )
        if not vals.keys() <= OPEN_AFTER_SIGNATURE:
            self._check_content_open()
        return super().write(vals)

    def action_reopen(self):
        """Take the signatures back, for a protocol that has to be done again.

        :raise AccessError: for anybody but a service manager
        """
        if not self.env.user.has_group("equipment_registry.group_service_manager"):
            raise AccessError(self.env._("Only a service manager takes signatures back."))
        for protocol in self:
            if protocol.state == "done":
                raise UserError(
                    self.env._("%(protocol)s is done and is kept.", protocol=protocol.display_name)
                )
            protocol.message_post(
                body=self.env._("Signatures taken back: the protocol is worked on again.")
            )
        cleared = {f"{side}_signature": False for side in SIDES}
        cleared |= {f"{side}_signed_at": False for side in SIDES}
        cleared |= {"technician_signer_id": False, "content_hash": False}
        return super().write(cleared)

    # Signing

    def _sign(self, sides, vals):
        """Write signatures with who, when and what; finish when both sides have signed."""
        self._lock_for_signature()
        for protocol in self:
            protocol._check_may_sign(sides, vals)
        stamps = dict(vals)
        for side in sides:
            stamps[f"{side}_signed_at"] = fields.Datetime.now()
        if "technician" in sides:
            stamps["technician_signer_id"] = self.env.uid
        result = super().write(stamps)
        stamped = self.sudo()
        for protocol in stamped.filtered(lambda one: not one.content_hash):
            protocol.content_hash = protocol._fingerprint()
        stamped.filtered(lambda one: one.technician_signed_at and one.customer_signed_at)._finish()
        return result

    def _lock_for_signature(self):
        """Of two people who sign at once one is first, and the other is told so."""
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(
                self.env._(
                    "%(protocol)s is being changed by somebody else right now. Open it again.",
                    protocol=self[:1].display_name,
                )
            ) from None
        self.invalidate_recordset([f"{side}_signed_at" for side in SIDES])

    def _check_stamps(self, vals):
        """Who signed when, and that work is done, is told by signing only."""
        if self.env.su:
            return
        is_stamp = vals.keys() & STAMPS or vals.get("state") == "done"
        is_renamed = any(
            f"{side}_signer" in vals and protocol[f"{side}_signed_at"]
            for side in SIDES
            if f"{side}_signature" not in vals
            for protocol in self
        )
        if is_stamp or is_renamed:
            raise UserError(
                self.env._(
                    "%(protocol)s: signatures, and what they close, are written by signing only.",
                    protocol=self[:1].display_name,
                )
            )

    def _check_may_sign(self, sides, vals):
        self.ensure_one()
        if self.state != "progress":
            raise UserError(
                self.env._(
                    "%(protocol)s is %(state)s: only work in progress is signed.",
                    protocol=self.display_name,
                    state=self._label("state"),
                )
            )
        for side in sides:
            if self[f"{side}_signed_at"]:
                raise UserError(
                    self.env._(
                        "%(protocol)s was signed by %(name)s on %(date)s already.",
                        protocol=self.display_name,
                        name=self[f"{side}_signer"],
                        date=fields.Datetime.to_string(self[f"{side}_signed_at"]),
                    )
                )
            if not vals.get(f"{side}_signature"):
                raise UserError(self.env._("A signature is not empty."))
            if not (vals.get(f"{side}_signer") or self[f"{side}_signer"]):
                raise UserError(
                    self.env._("%(protocol)s: write down who signs.", protocol=self.display_name)
                )
        self._check_complete()

    def _check_complete(self):
        """What is signed is whole."""
        missing = self._open_lines().mapped("name")
        missing += [
            self.env._("%(line)s: say why it deviates", line=line.name)
            for line in self.line_ids
            if line.verdict == "deviation" and not (line.remark or "").strip()
        ]
        missing += self._meter_misfits()
        if len(self.photo_ids) < self.photo_minimum:
            missing.append(
                self.env._(
                    "%(count)s of %(wanted)s photos",
                    count=len(self.photo_ids),
                    wanted=self.photo_minimum,
                )
            )
        if missing:
            raise UserError(
                self.env._(
                    "%(protocol)s is not complete:\n%(missing)s",
                    protocol=self.display_name,
                    missing="\n".join(f"• {line}" for line in missing),
                )
            )

    def _meter_misfits(self):
        """Return a sentence for each reading that is below what the meter showed before.

        Told while the technician can read again, and not by the customer's signature.
        """
        latest = {
            reading.meter_id: reading
            for reading in self.env["equipment.meter.reading"].sudo()._latest(self.unit_id)
        }
        return [
            latest[line.meter_id]._misfit_text(line.value)
            for line in self._metered_lines()
            if line.meter_id in latest and latest[line.meter_id]._is_above(line.value)
        ]

    def _check_content_open(self):
        """Raise when a side has signed what is about to change.

        The rows are held until the end of the transaction, so that nobody signs meanwhile.
        """
        if not self:
            return
        self.flush_recordset(["technician_signed_at", "customer_signed_at"])
        rows = self.env.execute_query(
            SQL(
                """SELECT id, COALESCE(technician_signed_at, customer_signed_at)
                     FROM equipment_protocol WHERE id IN %s FOR SHARE""",
                tuple(self.ids),
            )
        )
        for signed in self.browse(protocol_id for protocol_id, signed_at in rows if signed_at):
            raise UserError(
                self.env._(
                    "%(protocol)s is signed and cannot be changed. A service manager can take the"
                    " signatures back.",
                    protocol=signed.display_name,
                )
            )

    def _fingerprint(self):
        """Return the SHA-256 of the content, in hexadecimal."""
        content = json.dumps(self._content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def _content(self):
        """Return what the sides sign, without labels that depend on the language."""
        self.ensure_one()
        one = self.sudo()
        photos = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "equipment.protocol.photo"),
                    ("res_field", "=", "image_1920"),
                    ("res_id", "in", one.photo_ids.ids),
                ],
                order="res_id",
            )
        )
        return {
            "number": one.name,
            "kind": one.kind,
            "machine": [one.unit_id.identity_id.id, one.serial],
            "place": [one.owner_id.id, one.site_id.id],
            "lines": [
                [line.name, line.result, line.value, line.is_measured, line.text, line.remark]
                for line in one.line_ids.sorted("id")
            ],
            "photos": photos.mapped("checksum"),
            "note": one.note,
            "may_run": one.may_run,
        }
