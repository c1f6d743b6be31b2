"""The commands of the command line, one module a topic, each command a few lines over a service."""
