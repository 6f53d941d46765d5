from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_protocol import PIXEL, ProtocolCase


@tagged("post_install", "-at_install")
class TestSignature(ProtocolCase):
    def setUp(self):
        super().setUp()
        self._fill(self.protocol)

    def test_each_side_signs_once(self):
        self._sign(self.protocol, "technician")
        self.assertEqual(self.protocol.technician_signer_id, self.technician_a)
        self.assertTrue(self.protocol.technician_signed_at)
        self.assertEqual(self.protocol.state, "progress")
        with self.assertRaisesRegex(UserError, "signed by The technician"):
            self._sign(self.protocol.with_user(self.colleague_a), "technician")
        self.assertEqual(self.protocol.technician_signer_id, self.technician_a)
        self._sign(self.protocol, "customer")
        self.assertEqual(self.protocol.state, "done")

    def test_content_is_closed_by_the_first_signature(self):
        self._sign(self.protocol, "customer")
        for refused in (
            lambda: self._line("Fastened").write({"result": "not_ok"}),
            lambda: self.protocol.write({"note": "Added"}),
            lambda: self.protocol.write({"unit_id": self._delivered("P-9").id}),
            lambda: self.protocol.photo_ids.unlink(),
            lambda: self.protocol.line_ids[0].unlink(),
            lambda: self.protocol.write({"line_ids": [(0, 0, {"name": "More"})]}),
        ):
            with self.assertRaisesRegex(UserError, "signed"):
                refused()
        self.assertEqual(self._line("Fastened").result, "ok")

    def test_place_is_settled_by_the_first_signature(self):
        self._sign(self.protocol, "technician")
        self.unit.write({"owner_id": self.other_customer.id, "site_id": self.other_customer.id})
        self.assertEqual(
            (self.protocol.owner_id, self.protocol.site_id), (self.customer, self.site)
        )
        self.protocol.invalidate_recordset(["is_content_intact"])
        self.assertTrue(self.protocol.is_content_intact)

    def test_signature_and_last_answer_in_one_save(self):
        self.protocol.write(
            {"note": "All well", "customer_signature": PIXEL, "customer_signer": "Eva (demo)"}
        )
        self.assertEqual(self.protocol.note, "All well")
        self.assertTrue(self.protocol.customer_signed_at)

    def test_nobody_signs_without_a_name_or_with_nothing(self):
        with self.assertRaisesRegex(UserError, "who signs"):
            self.protocol.write({"customer_signature": PIXEL})
        with self.assertRaisesRegex(UserError, "not empty"):
            self.protocol.write({"customer_signature": False, "customer_signer": "X"})

    def test_stamps_are_written_by_signing_only(self):
        for vals in (
            {"customer_signed_at": "2020-01-01"},
            {"state": "done"},
            {"content_hash": "0" * 64},
            {"technician_signer_id": self.colleague_a.id},
        ):
            with self.assertRaisesRegex(UserError, "by signing only"):
                self.protocol.with_user(self.manager_a).write(vals)
        self._sign(self.protocol, "customer")
        with self.assertRaisesRegex(UserError, "by signing only"):
            self.protocol.write({"customer_signer": "Another"})
        with self.assertRaisesRegex(UserError, "before"):
            self.env["equipment.protocol"].with_user(self.manager_a).create(
                {"unit_id": self.unit.id, "kind": "repair", "customer_signature": PIXEL}
            )

    def test_fingerprint_tells_what_was_changed_behind_the_suite(self):
        self._sign(self.protocol)
        self.assertEqual(len(self.protocol.content_hash), 64)
        self.assertTrue(self.protocol.is_content_intact)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE equipment_protocol_line SET value = 4.4 WHERE protocol_id = %s AND kind ="
            " 'reading'",
            [self.protocol.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.protocol.is_content_intact)

    def test_manager_takes_signatures_back(self):
        self._sign(self.protocol, "technician")
        with self.assertRaisesRegex(AccessError, "service manager"):
            self.protocol.action_reopen()
        self.protocol.with_user(self.manager_a).action_reopen()
        self.assertFalse(self.protocol.technician_signature)
        self.assertFalse(self.protocol.content_hash)
        self._line("Fastened").result = "not_ok"
        self._line("Fastened").remark = "One bolt is missing"
        self._sign(self.protocol)
        self.assertEqual((self.protocol.state, self.protocol.outcome), ("done", "deviation"))

    def test_work_that_is_not_in_progress_is_not_signed(self):
        self.protocol.with_user(self.manager_a).action_cancel()
        with self.assertRaisesRegex(UserError, "Cancelled"):
            self._sign(self.protocol, "technician")

    def test_rival_signs_nothing(self):
        with self.assertRaises(AccessError):
            self._sign(self.protocol.with_user(self.technician_b), "technician")

    def test_nothing_is_moved_under_what_is_signed(self):
        other = self._protocol(self._delivered("P-2"))
        self._sign(self.protocol, "technician")
        line = self._line("Fastened", other)
        photo = self.env["equipment.protocol.photo"].create(
            {"protocol_id": other.id, "image_1920": PIXEL}
        )
        for content in (line, photo):
            with self.subTest(content._name), self.assertRaisesRegex(UserError, "is signed"):
                content.protocol_id = self.protocol
