"""Odoo's own tests of printing, which are written for the patched wkhtmltopdf, with our engine."""

from odoo.tests import tagged

from odoo.addons.base.tests import test_reports


@tagged("post_install", "-at_install")
class TestRendering(test_reports.TestReportsRendering):
    """Paper, header and footer of several records, breaks, overflow, repeated table heads."""

    def assertEqual(self, first, second, msg=None):
        """Places on the paper may differ by a fifth of a point: frames begin on whole pixels."""
        if isinstance(first, float) and isinstance(second, float):
            self.assertAlmostEqual(first, second, delta=0.2, msg=msg)
        else:
            super().assertEqual(first, second, msg)
