from . import miko_call, miko_line, miko_pbx, miko_recording
