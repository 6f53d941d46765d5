"""The process that listens to exchanges. Imported by the command line, not by the models."""
