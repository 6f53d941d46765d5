from . import miko_call_report
