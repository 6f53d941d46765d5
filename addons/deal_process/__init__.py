from . import models, wizards
from .hooks import post_init_hook

__all__ = ["models", "post_init_hook", "wizards"]
