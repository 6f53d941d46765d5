from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_miko_pbx(self, maker):
        return {
            "name": "Isolation probe",
            "host": "pbx.isolation.example",
            "ami_user": "probe",
            "ami_secret": "probe",
            "tz": "UTC",
        }

    def _make_miko_line(self, maker):
        pbx = maker.record("miko.pbx")
        return {"name": "Isolation probe", "pbx_id": pbx.id, "number": "33199009900"}

    def _make_miko_extension(self, maker):
        pbx = maker.record("miko.pbx")
        return {"pbx_id": pbx.id, "number": "990", "user_id": maker.env.uid}

    def _make_miko_blacklist(self, maker):
        return {"number": "+33199009900", "reason": "Isolation probe"}

    def _make_miko_health(self, maker):
        """Made with the exchange."""
        return maker.record("miko.pbx").sudo().health_ids.sudo(False)

    def _make_miko_gap(self, maker):
        pbx = maker.record("miko.pbx")
        values = {"pbx_id": pbx.id, "start": maker.env.cr.now(), "cause": "listener"}
        return maker.env["miko.gap"].sudo().create(values).sudo(False)

    def _make_miko_call(self, maker):
        """Only the listener makes one."""
        pbx = maker.record("miko.pbx")
        values = {
            "pbx_id": pbx.id,
            "number": "+33199009900",
            "user_id": maker.env.uid,
            "state": "ended",
            "outcome": "answered",
            "note": "Isolation probe",
        }
        return maker.env["miko.call"].sudo().create(values).sudo(False)

    def _make_miko_call_leg(self, maker):
        call = maker.record("miko.call")
        values = {"call_id": call.id, "channel": "PJSIP/990-1", "extension": "990"}
        return maker.env["miko.call.leg"].sudo().create(values).sudo(False)

    def _make_miko_call_report(self, maker):
        """The statistics have a row for each call."""
        call = maker.record("miko.call")
        call.env.flush_all()
        return maker.env["miko.call.report"].browse(call.id)

    def _make_miko_recording(self, maker):
        call = maker.record("miko.call")
        values = {
            "call_id": call.id,
            "name": "probe.wav",
            "path": "/probe.wav",
            "mimetype": "audio/wav",
            "sound": b"UklGRg==",
            "expiry": "2099-01-01",
        }
        return maker.env["miko.recording"].sudo().create(values).sudo(False)
