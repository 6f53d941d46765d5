"""``odoo telephony``: listen to the telephone exchanges of a database."""

import asyncio
import logging
import signal
import sys
from pathlib import Path

from odoo.cli import Command
from odoo.tools import config

_logger = logging.getLogger("odoo.addons.miko_telephony")


class Telephony(Command):
    """Listen to the telephone exchanges (MikoPBX) of a database.

    Any number may be started: each exchange is listened to by one, the others stand by.
    """

    def run(self, args):
        self.parser.add_argument("-d", "--database", required=True, help="name of the database")
        self.parser.add_argument("--pbx", type=int, help="id of the one exchange to listen to")
        self.parser.add_argument(
            "--replay", type=Path, metavar="FILE", help="feed a recorded stream of events and end"
        )
        self.parser.add_argument(
            "--alive", type=Path, metavar="FILE", help="touch this file while it works"
        )
        self.parser.add_argument("--log-level", default="info")
        options = self.parser.parse_args(args)
        config.parse_config(
            ["-d", options.database, "--no-http", "--log-level", options.log_level],
            setup_logging=True,
        )
        # it quotes failed statements, callers' numbers included; the desk says what failed
        logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
        if options.replay:
            self._replay(options)
        else:
            self._listen(options)

    def _replay(self, options):
        # loaded as odoo.cli.telephony: there is nothing to be relative to
        from odoo.addons.miko_telephony.listener.replay import (  # pylint: disable=odoo-addons-relative-import
            replay,
        )

        if not options.pbx:
            sys.exit("--replay needs --pbx: the exchange the stream was recorded at")
        desk = replay(options.database, options.pbx, options.replay.read_bytes())
        _logger.info("%s events replayed", desk.taken)

    def _listen(self, options):
        from odoo.addons.miko_telephony.listener.listener import (  # pylint: disable=odoo-addons-relative-import
            supervise,
        )

        async def main():
            task = asyncio.current_task()
            for name in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(name, task.cancel)
            await supervise(options.database, options.pbx, options.alive)

        try:
            asyncio.run(main())
        except asyncio.CancelledError:
            _logger.info("stopped")
