from odoo import models


class IrActionsReport(models.Model):
    """A print shows a whole record, and reads it past every method that is logged."""

    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        self._note_printed(report, docids)
        return super()._get_rendering_context(report, docids, data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # a print that is kept as a file is not rendered again
        self._note_printed(self._get_report(report_ref), res_ids)
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)

    def _note_printed(self, report, docids):
        if report.model in self.env and docids:
            self.env["dealer.support.access"]._note(self.env[report.model].browse(docids), "read")
