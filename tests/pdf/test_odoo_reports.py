"""Odoo's own tests of printing, which are written for the patched wkhtmltopdf, with our engine."""

from odoo.tests import tagged

from odoo.addons.base.tests import test_reports


@tagged("post_install", "-at_install")
class TestRendering(test_reports.TestReportsRendering):
    """Paper, header and footer of several records, breaks, overflow, repeated table heads."""
