from . import kept_field_mixin
