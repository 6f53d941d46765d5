from . import deal_promise_wizard
