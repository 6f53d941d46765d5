from . import deal_process_stage, deal_process_version
