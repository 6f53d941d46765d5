from .document import Step, Texts, document

__all__ = ["Step", "Texts", "document"]
