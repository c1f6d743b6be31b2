"""School bus ledgers: one module for the drivers and one for the buses with their daily checks."""
